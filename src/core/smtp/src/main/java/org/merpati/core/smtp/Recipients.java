package org.merpati.core.smtp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;

/**
 * The recipients of one transaction, each address once, in the order they came, and the accounts that they lead to. Belongs
 * to the transaction's state.
 */
final class Recipients {
    /** Accounts that one message goes to in one transaction of the database. */
    private static final int MOST_ACCOUNTS = 10_000;

    private final Map<EmailAddress, Recipient.Local> taken = new LinkedHashMap<>();
    private final Set<AccountId> accounts = new HashSet<>();
    private boolean asked;
    private long room;

    /**
     * False, and nothing has changed, when the message would go to more accounts than it may.
     *
     * @param octets that the recipient has room for
     */
    boolean take(Recipient.Local recipient, long octets) {
        long more = recipient.accounts().stream()
                .filter(account -> !accounts.contains(account))
                .count();
        if (accounts.size() + more > MOST_ACCOUNTS) {
            return false;
        }
        accounts.addAll(recipient.accounts());
        taken.putIfAbsent(recipient.address(), recipient);
        room = Math.max(room, octets);
        return true;
    }

    /** Some recipient was named, whatever became of it. */
    void asked() {
        asked = true;
    }

    boolean has(Recipient.Local recipient) {
        return taken.containsKey(recipient.address());
    }

    /** Addresses that were named, not accounts. */
    int count() {
        return taken.size();
    }

    /**
     * The octets that the recipient with the most room had it for. One reply speaks for all recipients, so one that has room is
     * reason enough to take the message for all.
     */
    long room() {
        return room;
    }

    int accounts() {
        return accounts.size();
    }

    /** Whether none was taken although some were asked for. */
    boolean allRefused() {
        return taken.isEmpty() && asked;
    }

    List<Recipient.Local> all() {
        return List.copyOf(taken.values());
    }
}
