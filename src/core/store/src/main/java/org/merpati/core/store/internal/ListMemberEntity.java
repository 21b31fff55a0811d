package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** An address in a list. */
@Entity(name = "ListMember")
@Table(name = "list_member")
@IdClass(ListMemberEntity.Key.class)
public class ListMemberEntity {
    @Id
    @Column(name = "list")
    String listAddress;

    @Id
    @Column(name = "member")
    String memberAddress;

    /** What JPA asks of a composite key: a mutable class with equality. */
    public static class Key implements Serializable {
        String listAddress;
        String memberAddress;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && Objects.equals(key.listAddress, listAddress)
                    && Objects.equals(key.memberAddress, memberAddress);
        }

        @Override
        public int hashCode() {
            return Objects.hash(listAddress, memberAddress);
        }
    }
}
