package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A person with mail here. Raising modseq is the account's lock. */
@Entity(name = "Account")
@Table(name = "account")
public class AccountEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "account_seq")
    @SequenceGenerator(name = "account_seq", sequenceName = "account_seq", allocationSize = 10)
    long id;

    /** Null: it has been removed; so its address. */
    @Nullable
    @Column(name = "domain_id")
    Long domainId;

    @Nullable
    String address;

    String name;

    long created;

    /** Since when it is being taken away ({@link RemovedAccounts}). Null: it is there. */
    @Nullable
    Long removed;

    long modseq;

    /** Emails, each once however many mailboxes hold it; and their octets. */
    long messages;

    long size;

    /** Null: no limit. */
    @Nullable
    @Column(name = "quota_messages")
    Long quotaMessages;

    @Nullable
    @Column(name = "quota_size")
    Long quotaSize;

    /** Changes up to this modseq are forgotten. */
    @Column(name = "history_from")
    long historyFrom;

    @Column(name = "uid_validity_next")
    long uidValidityNext;

    String argon2;

    @Column(name = "scram_sha256")
    String scramSha256;

    @Column(name = "scram_sha1")
    String scramSha1;
}
