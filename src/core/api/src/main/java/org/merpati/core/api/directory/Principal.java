package org.merpati.core.api.directory;

import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;

/** Somebody who has signed in. */
public sealed interface Principal {
    /** The login's name, for logs and replies. */
    String name();

    /** A person with mail here. */
    record User(AccountId account, EmailAddress address) implements Principal {
        @Override
        public String name() {
            return address.toString();
        }
    }

    /** Somebody who administers this server; has no mail. */
    record Administrator(String name) implements Principal {}
}
