package org.merpati.core.jmap.submission;

import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.Call;

/** Who may send as whom: the directory's rule, as SMTP submission has it. */
final class Senders {
    private Senders() {}

    /** Goes through the door. */
    static boolean mayUse(Call call, EmailAddress address) {
        return call.caller() instanceof Principal.User user
                && call.platform()
                        .directory()
                        .mayUse(call.door(), user, address)
                        .orThrow();
    }
}
