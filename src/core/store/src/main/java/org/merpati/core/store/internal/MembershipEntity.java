package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An email's place in one mailbox. */
@Entity(name = "Membership")
@Table(name = "mailbox_email")
@IdClass(MembershipEntity.Key.class)
public class MembershipEntity {
    @Id
    @Column(name = "mailbox_id")
    long mailboxId;

    @Id
    long uid;

    @Column(name = "account_id")
    long accountId;

    @Column(name = "email_id")
    long emailId;

    /** When the place itself changed; what is seen is the greater of it and {@link EmailEntity#keywordsModseq}. */
    long modseq;

    boolean deleted;

    /** When the email came into this mailbox (RFC 8514 §3). Null: before this was kept. */
    @Nullable
    Long saved;

    /** What JPA asks of a composite key: a mutable class with equality. */
    public static class Key implements Serializable {
        long mailboxId;
        long uid;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.mailboxId == mailboxId && key.uid == uid;
        }

        @Override
        public int hashCode() {
            return Objects.hash(mailboxId, uid);
        }
    }
}
