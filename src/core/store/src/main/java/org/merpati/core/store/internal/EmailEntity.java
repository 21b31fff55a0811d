package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A message of one account, whatever mailboxes hold it. Keywords are sorted and joined by spaces. */
@Entity(name = "Email")
@Table(name = "email")
public class EmailEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "email_seq")
    @SequenceGenerator(name = "email_seq", sequenceName = "email_seq", allocationSize = 500)
    long id;

    @Column(name = "account_id")
    long accountId;

    @Column(name = "blob_id")
    long blobId;

    @Column(name = "thread_id")
    long threadId;

    long received;

    long size;

    @Column(name = "header_size")
    int headerSize;

    String subject;

    String keywords;

    /** Null when it was not delivered. */
    @Nullable
    String delivery;

    long modseq;

    @Column(name = "created_modseq")
    long createdModseq;

    /** When its keywords changed: so did every place of it. Never greater than {@link #modseq}. */
    @Column(name = "keywords_modseq")
    long keywordsModseq;
}
