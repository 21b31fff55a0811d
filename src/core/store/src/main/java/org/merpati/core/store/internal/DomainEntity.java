package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A domain that mail is taken for. */
@Entity(name = "Domain")
@Table(name = "domain")
public class DomainEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "domain_seq")
    @SequenceGenerator(name = "domain_seq", sequenceName = "domain_seq", allocationSize = 10)
    long id;

    String name;

    long created;

    boolean subaddressing;

    /** Null: mail for nobody is refused. */
    @Nullable
    @Column(name = "catch_all")
    String catchAll;

    /** Null: no limit. */
    @Nullable
    @Column(name = "quota_messages")
    Long quotaMessages;

    @Nullable
    @Column(name = "quota_size")
    Long quotaSize;
}
