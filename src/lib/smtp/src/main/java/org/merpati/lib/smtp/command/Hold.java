package org.merpati.lib.smtp.command;

import java.time.Duration;
import java.time.Instant;

/** HOLDFOR and HOLDUNTIL: when a submission is to go out. RFC 4865 §4. */
public sealed interface Hold {
    /** Whole seconds. */
    record For(Duration time) implements Hold {}

    record Until(Instant time) implements Hold {}
}
