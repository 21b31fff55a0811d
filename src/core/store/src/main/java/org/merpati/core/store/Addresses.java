package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;

/**
 * Where mail for an address here goes. There is one namespace: an address is one account's own, an alias of one account, or
 * a list; nothing else may take it then. Members of a list are addresses here of any of the three kinds, so lists nest.
 *
 * <p>An alias is where mail comes in and nothing more: nobody signs in with it. What refers to an address that is removed is
 * removed with it (an account's aliases, memberships in lists), except a domain's catch-all, which has to be given up or
 * set anew first: mail would be refused from then on, and that is decided, not overlooked.
 */
public interface Addresses {
    /** Members of one list. */
    int MOST_MEMBERS = 10_000;

    /** Accounts that one address may lead to. */
    int MOST_ACCOUNTS = 10_000;

    /** Lists in lists, the outermost counted. */
    int MOST_LEVELS = 10;

    enum Kind {
        ACCOUNT,
        ALIAS,
        LIST
    }

    record Alias(EmailAddress address, EmailAddress account, Instant created) {}

    /**
     * @param name for people, may be empty
     * @param members direct ones
     */
    record MailList(EmailAddress address, String name, Instant created, long members) {}

    record Member(EmailAddress address, Kind kind) {}

    /** Why nothing was changed. */
    enum Refusal {
        /** The new address is an account, an alias or a list already. */
        TAKEN,
        /** The new address is in no domain here. */
        NO_SUCH_DOMAIN,
        /** What the alias is to stand for is no account here; another alias is none. */
        NO_SUCH_ACCOUNT,
        /** What is to be changed or removed is not there. */
        NOT_FOUND,
        /** The member's domain is not here: a list can't send mail to other servers. */
        ELSEWHERE,
        /** The member's domain is here, and has no such address. */
        NO_SUCH_ADDRESS,
        /** It is in the list already. */
        MEMBER_ALREADY,
        /** The list would be in itself. */
        LOOP,
        /** Lists in lists beyond {@link #MOST_LEVELS}. */
        TOO_DEEP,
        /** {@link #MOST_MEMBERS} */
        TOO_MANY_MEMBERS,
        /** It is the catch-all of a domain. */
        IS_CATCH_ALL
    }

    /**
     * Where mail for this address goes: the address itself as an account, an alias or a list; else, where the domain has
     * subaddressing on, what stands before the first {@code +} of its local part; else the domain's catch-all. A list
     * without members is nobody. One statement for an account's address or an alias, a few for lists and the rest.
     */
    Recipient find(EmailAddress address);

    /**
     * The one account that this address is: its own, an alias of it, or a subaddress of either where the domain has them on. A
     * list is nobody's, and what comes to a catch-all is not addressed to its account.
     */
    Optional<AccountId> owner(EmailAddress address);

    /** Domains whose catch-all is this address or, of an account, one of its aliases: the first few, by name. */
    List<String> catchAllOf(EmailAddress address);

    /** Empty when it was added. */
    Optional<Refusal> addAlias(EmailAddress alias, EmailAddress account);

    /**
     * In the order of the aliases' text, from the first after {@code after} (empty: from the start).
     *
     * @param domain only aliases in it; empty: of all domains
     * @param account only aliases of that address; empty: of all
     */
    List<Alias> aliases(String domain, String account, String after, int limit);

    Optional<Alias> alias(EmailAddress address);

    /** Empty when it was removed. */
    Optional<Refusal> removeAlias(EmailAddress address);

    /** Adds a list without members. Empty when it was added. */
    Optional<Refusal> addList(EmailAddress list, String name);

    /** In the order of their addresses' text, from the first after {@code after}; of all domains when that is empty. */
    List<MailList> lists(String domain, String after, int limit);

    Optional<MailList> list(EmailAddress address);

    /** Removes a list; its members lose nothing. Empty when it was removed. */
    Optional<Refusal> removeList(EmailAddress list);

    /** In the order of their addresses' text, from the first after {@code after}; none when there is no such list. */
    List<Member> members(EmailAddress list, String after, int limit);

    /** Empty when it was added. */
    Optional<Refusal> addMember(EmailAddress list, EmailAddress member);

    /** Empty when it was removed. */
    Optional<Refusal> removeMember(EmailAddress list, EmailAddress member);
}
