package org.merpati.core.api.door;

/**
 * Takes one unit of work into the container and brings its outcome back.
 *
 * <p>Implemented by message-driven beans where connections belong to resource adapters, and by a CDI bean elsewhere.
 * Safe for use by any number of threads. A call blocks until the unit is done and never throws.
 */
public interface Door {
    <T> Outcome<T> call(Unit<T> unit);
}
