package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** What emails of an account are found by that belong to a thread; written and read by {@link ThreadKeys} alone. */
@Entity(name = "ThreadKey")
@Table(name = "thread_key")
@IdClass(ThreadKeyEntity.Key.class)
public class ThreadKeyEntity {
    @Id
    @Column(name = "account_id")
    long accountId;

    @Id
    @Column(name = "key_hash")
    long keyHash;

    @Column(name = "thread_id")
    long threadId;

    /** What JPA asks of a composite key: a mutable class with equality. */
    public static class Key implements Serializable {
        long accountId;
        long keyHash;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.accountId == accountId && key.keyHash == keyHash;
        }

        @Override
        public int hashCode() {
            return Objects.hash(accountId, keyHash);
        }
    }
}
