package org.merpati.core.api.config;

/** What threads connections run on. */
public enum ThreadKind {
    /** Virtual from JDK 24 up, platform below, where blocking inside {@code synchronized} pins a carrier. */
    AUTO,
    VIRTUAL,
    PLATFORM;

    /** Whether this means virtual threads on the running JDK. */
    public boolean virtual() {
        return this == VIRTUAL || (this == AUTO && Runtime.version().feature() >= 24);
    }
}
