package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A mailbox and its counters, changed with every change to what it holds. */
@Entity(name = "Mailbox")
@Table(name = "mailbox")
public class MailboxEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "mailbox_seq")
    @SequenceGenerator(name = "mailbox_seq", sequenceName = "mailbox_seq", allocationSize = 50)
    long id;

    @Column(name = "account_id")
    long accountId;

    String name;

    String role;

    @Column(name = "sort_order")
    int sortOrder;

    @Column(name = "uid_validity")
    long uidValidity;

    @Column(name = "uid_next")
    long uidNext;

    @Column(name = "first_recent")
    long firstRecent;

    long messages;

    long unseen;

    long deleted;

    long size;

    long modseq;

    @Column(name = "created_modseq")
    long createdModseq;

    /** Of the last change of name, role, order or subscription. */
    @Column(name = "changed_modseq")
    long changedModseq;

    boolean subscribed;
}
