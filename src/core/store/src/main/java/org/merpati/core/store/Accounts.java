package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.directory.PasswordHash;

/** The people with mail here, and the administrators. Passwords come in hashed: hashing is slow and is done outside. */
public interface Accounts {
    /** @param name for people, may be empty */
    record Account(AccountId id, EmailAddress address, String name, Instant created, ModSeq modSeq) {}

    sealed interface Addition {
        record Added(Account account) implements Addition {}

        /** The address is an account, an alias or a list already. */
        record Taken() implements Addition {}

        record NoSuchDomain() implements Addition {}
    }

    /** Makes the account with its mailboxes: INBOX, Drafts, Sent, Trash, Junk, Archive (RFC 6154, RFC 8621 §2). */
    Addition add(EmailAddress address, String name, PasswordHash password);

    /** In the order of their addresses' text, from the first after {@code after} (empty: from the start). */
    List<Account> list(String domain, String after, int limit);

    Optional<Account> find(EmailAddress address);

    Optional<Account> find(AccountId id);

    /** False when there is no such account. */
    boolean setPassword(EmailAddress address, PasswordHash password);

    enum Removal {
        REMOVED,
        NO_SUCH_ACCOUNT,
        /** It, or an alias of it, is the catch-all of a domain. */
        IS_CATCH_ALL
    }

    /**
     * Removes the account, its aliases, and both from every list. When this returns the address is free for another account,
     * nobody signs in to the old one, nothing is delivered to it, the domain does not count it, and sessions that are open
     * find their mailboxes gone. Its mail is out of reach and goes in parts, in {@link Housekeeping}'s next rounds.
     */
    Removal remove(EmailAddress address);

    /** The stored hash of a user's password. */
    Optional<PasswordHash> password(AccountId account);

    /** The stored hash of an administrator's password. */
    Optional<PasswordHash> administratorPassword(String name);

    /** Adds the administrator if there is none at all; false when there is one. */
    boolean addFirstAdministrator(String name, PasswordHash password);

    boolean hasAdministrator();

    /**
     * Runs the work in one transaction during which nobody else changes the account's mail, so that what it reads first is
     * still so when it writes. It may call any service, but not ones that change other accounts: accounts are locked in the
     * order of their ids.
     */
    <T> T hold(AccountId account, Supplier<T> work);
}
