package org.merpati.core.smtp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;

/** The recipients of one transaction, each account once, in the order they came. Belongs to the transaction's state. */
final class Recipients {
    private final Map<AccountId, Recipient.Local> taken = new LinkedHashMap<>();
    private boolean asked;

    void take(Recipient.Local recipient) {
        taken.putIfAbsent(recipient.account(), recipient);
    }

    /** Some recipient was named, whatever became of it. */
    void asked() {
        asked = true;
    }

    boolean has(Recipient.Local recipient) {
        return taken.containsKey(recipient.account());
    }

    int count() {
        return taken.size();
    }

    /** Whether none was taken although some were asked for. */
    boolean allRefused() {
        return taken.isEmpty() && asked;
    }

    List<Recipient.Local> all() {
        return List.copyOf(taken.values());
    }
}
