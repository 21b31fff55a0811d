package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** An address that mail is taken for, whatever stands behind it. */
@Entity(name = "Address")
@Table(name = "address")
public class AddressEntity {
    @Id
    String address;

    @Column(name = "domain_id")
    long domainId;

    /** One of {@link AddressBook}'s. */
    String kind;

    /** Of an account and of an alias; null of a list. */
    @Nullable
    @Column(name = "account_id")
    Long accountId;

    /** Of a list; else empty. */
    String name;

    long created;
}
