package org.merpati.core.smtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.transport.Addressee;

/**
 * The recipients of one transaction, each address once, in the order they came, and the accounts that they lead to. Belongs
 * to the transaction's state.
 */
final class Recipients {
    /** Accounts that one message goes to in one transaction of the database. */
    private static final int MOST_ACCOUNTS = 10_000;

    private final Map<EmailAddress, Addressee> taken = new LinkedHashMap<>();
    private final List<EmailAddress> answered = new ArrayList<>();
    private final Set<AccountId> accounts = new HashSet<>();
    private boolean asked;
    private long room;

    /**
     * False, and nothing has changed, when the message would go to more accounts than it may.
     *
     * @param octets that the recipient has room for
     */
    boolean take(Addressee addressee, long octets) {
        var recipient = addressee.recipient();
        long more = recipient.accounts().stream()
                .filter(account -> !accounts.contains(account))
                .count();
        if (accounts.size() + more > MOST_ACCOUNTS) {
            return false;
        }
        accounts.addAll(recipient.accounts());
        taken.putIfAbsent(recipient.address(), addressee);
        room = Math.max(room, octets);
        return true;
    }

    /** Some recipient was named, whatever became of it. */
    void asked() {
        asked = true;
    }

    /** RCPT for it was answered with 250, for the first time or again. */
    void answered(Recipient.Local recipient) {
        answered.add(recipient.address());
    }

    /** How many RCPTs were answered with 250. */
    int answers() {
        return answered.size();
    }

    boolean has(Recipient.Local recipient) {
        return taken.containsKey(recipient.address());
    }

    /** Addresses that were named, not accounts. */
    int count() {
        return taken.size();
    }

    /**
     * The octets that the recipient with the most room had it for. Where one reply speaks for all recipients, one that has room
     * is reason enough to take the message for all.
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

    List<Addressee> all() {
        return List.copyOf(taken.values());
    }

    /**
     * For each RCPT that was answered with 250 what there is for its recipient (RFC 2033 §4.2).
     *
     * @param each in the order of {@link #all}
     */
    <T> List<T> perAnswer(List<T> each) {
        var byAddress = new HashMap<EmailAddress, T>();
        int place = 0;
        for (var address : taken.keySet()) {
            byAddress.put(address, each.get(place++));
        }
        return answered.stream().map(byAddress::get).toList();
    }
}
