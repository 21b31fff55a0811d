package org.merpati.core.jmap.quota;

import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.jmap.PushedType;

/** RFC 9425 §6: what is used changes with the mail. */
final class QuotaPush implements PushedType {
    @Override
    public String name() {
        return "Quota";
    }

    @Override
    public Set<Change.Kind> kinds() {
        return Set.of(Change.Kind.EMAIL);
    }

    @Override
    public String state(Services services, AccountId account) {
        return QuotaStates.of(AccountQuota.of(services, account));
    }
}
