package org.merpati.core.store;

import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;

/**
 * Who an account's mail is sent as (RFC 8621 §6). Every account has one without anybody making it, {@link IdentityId#OWN}: its
 * own address and name. Whether an account may send from an address is for the directory to say, and not looked at here.
 */
public interface Identities {
    /** Of one account, with its own. */
    int MOST = 20;

    /** The characters of a name. */
    int LONGEST_NAME = 255;

    /** The characters of a signature, and of a list of addresses. */
    int LONGEST = 65_536;

    /**
     * What of an identity changes.
     *
     * @param replyTo a list as the client wrote it, which nobody reads here
     * @param bcc likewise
     */
    record Settings(
            String name, Optional<String> replyTo, Optional<String> bcc, String textSignature, String htmlSignature) {}

    record Identity(IdentityId id, EmailAddress email, Settings settings) {
        /** Its account's own, which is never removed. */
        public boolean isOwn() {
            return id.equals(IdentityId.OWN);
        }
    }

    /** @param state no newer than any of them */
    record Listed(List<Identity> identities, ModSeq state) {}

    /** The account's own first, then in the order they were made; none when there is no such account. */
    Listed list(AccountId account);

    /** {@code OVER_QUOTA} when there are {@link #MOST}. */
    Attempt<Identity> create(AccountId account, EmailAddress email, Settings settings);

    /** False when there is no such identity. */
    boolean update(AccountId account, IdentityId id, Settings settings);

    /** False when there is no such identity, or it is the account's own. */
    boolean destroy(AccountId account, IdentityId id);

    /** Empty when the history does not reach back that far. */
    Optional<Changes<IdentityId>> changes(AccountId account, ModSeq since, int limit);
}
