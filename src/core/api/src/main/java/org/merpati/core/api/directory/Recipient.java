package org.merpati.core.api.directory;

import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;

/** What the directory knows of an address that mail is for. */
public sealed interface Recipient {
    /**
     * Accounts here take it: the address is one's own or an alias of it, a list, or one that the domain's catch-all stands
     * in for.
     *
     * @param address the one that was asked for, also where it is an alias, a list or a subaddress
     * @param detail what follows the first {@code +} of a subaddress, in lower case, which may be nothing; empty where the
     *     address was found without taking it apart (RFC 5233 §4 makes that difference)
     * @param accounts at least one, each once
     */
    record Local(EmailAddress address, Optional<String> detail, List<AccountId> accounts) implements Recipient {
        public Local {
            accounts = accounts.stream().distinct().toList();
            if (accounts.isEmpty()) {
                throw new IllegalArgumentException("mail for " + address + " would go to nobody");
            }
        }

        /** The account's own address. */
        public Local(AccountId account, EmailAddress address) {
            this(address, Optional.empty(), List.of(account));
        }
    }

    /** A list, with the lists in it, leads to more accounts than one message may go to. */
    record TooMany() implements Recipient {}

    /** The domain is ours and has nobody of that name. */
    record Unknown() implements Recipient {}

    /** The domain is not ours. */
    record Elsewhere() implements Recipient {}
}
