package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;

/**
 * Where accounts want to be told of changes (RFC 8620 §7.2). A subscription ends with the account, with its password, and when it
 * expires: then nobody sees it any more, and its address and keys are erased.
 */
public interface PushSubscriptions {
    /** What one account may have. */
    int MOST = 15;

    /** Rows of one page. */
    int PAGE = 500;

    /** Keys of the device (RFC 8291), as their base64url texts. */
    record Keys(String p256dh, String auth) {
        @Override
        public String toString() {
            return "Keys[hidden]";
        }
    }

    /**
     * @param url a secret of the device, as the keys are
     * @param code what the device has to answer before it is told anything else
     * @param types empty for all
     */
    record Subscription(
            long id,
            AccountId account,
            String device,
            String url,
            Optional<Keys> keys,
            String code,
            boolean verified,
            Instant expires,
            Optional<Set<String>> types) {
        @Override
        public String toString() {
            return "Subscription[" + id + " of " + account.value() + "]";
        }
    }

    /** Its id is given by the store. Empty when the account has as many as it may, or is not there. */
    Optional<Subscription> add(Subscription subscription);

    /** Those of the account, by id. */
    List<Subscription> list(AccountId account);

    Optional<Subscription> find(long id);

    /** Of all accounts, those that are verified, by id; at most {@link #PAGE}. */
    List<Subscription> verified(long after);

    /** Changes what may change: whether it is verified, when it expires, the types. False when it is gone. */
    boolean update(Subscription subscription);

    /** False when it is gone, or another account's. */
    boolean remove(AccountId account, long id);

    /** Removes what has expired; how many went. */
    int expire();
}
