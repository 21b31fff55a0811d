package org.merpati.core.store.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Somebody who administers the server. */
@Entity(name = "Administrator")
@Table(name = "administrator")
public class AdministratorEntity {
    @Id
    String name;

    String argon2;

    @Column(name = "scram_sha256")
    String scramSha256;

    @Column(name = "scram_sha1")
    String scramSha1;
}
