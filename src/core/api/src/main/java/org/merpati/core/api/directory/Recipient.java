package org.merpati.core.api.directory;

import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;

/** What the directory knows of an address that mail is for. */
public sealed interface Recipient {
    /** An account here takes it; the address is the account's own. */
    record Local(AccountId account, EmailAddress address) implements Recipient {}

    /** The domain is ours and has nobody of that name. */
    record Unknown() implements Recipient {}

    /** The domain is not ours. */
    record Elsewhere() implements Recipient {}
}
