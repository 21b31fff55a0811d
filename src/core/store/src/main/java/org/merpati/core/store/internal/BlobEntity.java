package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Where a message's bytes are, and what was found in them. */
@Entity(name = "Blob")
@Table(name = "blob")
public class BlobEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "blob_seq")
    @SequenceGenerator(name = "blob_seq", sequenceName = "blob_seq", allocationSize = 500)
    long id;

    String sha256;

    long segment;

    @Column(name = "segment_offset")
    long segmentOffset;

    long size;

    long stored;

    byte @Nullable [] structure;

    @Nullable
    String preview;
}
