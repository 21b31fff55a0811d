package org.merpati.core.api.door;

/** What a {@link Unit} finds inside the door: the container's services by their interface. */
public interface Services {
    /**
     * The service of this type. Valid only while the unit runs; do not keep it.
     *
     * @throws IllegalStateException when the container has no such service, or more than one
     */
    <S> S get(Class<S> service);
}
