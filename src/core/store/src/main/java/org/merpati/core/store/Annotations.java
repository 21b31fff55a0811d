package org.merpati.core.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;

/**
 * What clients note of a mailbox, or of an account as a whole (RFC 5464): names of entries, in lower case, and octets. A
 * mailbox's go with it when it is renamed or removed, and are no change of mail.
 */
public interface Annotations {
    /** The characters of an entry's name. */
    int LONGEST_NAME = 255;

    /** The octets of a value. */
    int LARGEST = 16_384;

    /** The entries of one mailbox, or of the account. */
    int MOST = 100;

    /**
     * By name. Empty too when there is no such mailbox.
     *
     * @param mailbox empty: the account's
     */
    SortedMap<String, byte[]> all(AccountId account, Optional<MailboxId> mailbox);

    /**
     * An entry without its value.
     *
     * @param mailbox empty: the account's
     * @param modSeq when it was set last
     */
    record Stamp(Optional<MailboxId> mailbox, String entry, ModSeq modSeq) {}

    /** All entries of the account and of its mailboxes: two lists of them say which were set or removed in between. */
    Set<Stamp> stamps(AccountId account);

    /**
     * Sets these entries, or removes those whose value is empty; all or none.
     *
     * @return how many entries there are now
     */
    Attempt<Integer> set(AccountId account, Optional<MailboxId> mailbox, Map<String, Optional<byte[]>> entries);
}
