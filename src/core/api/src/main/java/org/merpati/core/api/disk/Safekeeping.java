package org.merpati.core.api.disk;

/**
 * Keeps a copy of a database while its schema is brought up to date: for a database that commits each step of that by itself,
 * so that half of it would stay after a cut. A home whose database needs none has no such bean.
 */
public interface Safekeeping {
    /**
     * Returns when the copy is durable. Unless {@link #release} follows it is put back before the database is opened the next
     * time.
     *
     * @throws IllegalStateException when it can't be made, for want of room above all; the database is as it was
     */
    void keep();

    /**
     * What the database holds now, durably, is what goes on. When this returns the copy is gone for good.
     *
     * @throws IllegalStateException when it can't be removed; it will be put back then
     */
    void release();
}
