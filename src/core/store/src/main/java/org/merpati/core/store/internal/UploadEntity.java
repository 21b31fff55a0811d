package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** What a client has uploaded; as long as the row is there its blob is. */
@Entity(name = "Upload")
@Table(name = "upload")
public class UploadEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "upload_seq")
    @SequenceGenerator(name = "upload_seq", sequenceName = "upload_seq", allocationSize = 50)
    long id;

    @Column(name = "account_id")
    long accountId;

    @Column(name = "blob_id")
    long blobId;

    String type;

    long expires;
}
