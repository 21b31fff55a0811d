package org.merpati.lib.smtp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What is taken although the standard has it otherwise, each with its reason. What is not in the set is refused. */
public enum Leniency {
    /** White space before a command's CRLF (RFC 5321 §4.1.1 asks receivers to tolerate it). */
    TRAILING_WHITE_SPACE,
    /** {@code MAIL FROM: <…>}: no space may stand there (RFC 5321 §3.3), and many clients write one. */
    SPACE_AFTER_COLON,
    /**
     * Any visible characters for a host's name in EHLO and HELO, such as an underscore: what it says is not relied on, and
     * RFC 5321 §4.1.4 forbids to refuse mail for a name that is wrong.
     */
    HELO_NAME,
    /**
     * A local part over 64 octets (RFC 5321 §4.5.3.1.1 is what must be taken at least; senders with variable reverse-paths
     * write more). A path still ends at its 256.
     */
    LONG_LOCAL_PART;

    /** What the server ships with. */
    public static final Set<Leniency> ALL = Collections.unmodifiableSet(EnumSet.allOf(Leniency.class));

    /** To the letter. */
    public static final Set<Leniency> NONE = Set.of();
}
