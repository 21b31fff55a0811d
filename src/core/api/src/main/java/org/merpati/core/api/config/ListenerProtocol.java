package org.merpati.core.api.config;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a listener speaks. Of each there is one listener by its name; others have names of their own. */
public enum ListenerProtocol {
    /** Mail from other servers. */
    SMTP(TlsMode.STARTTLS, EnumSet.allOf(TlsMode.class)),
    /** Mail from people's programs. RFC 6409 §3.1. */
    SUBMISSION(TlsMode.STARTTLS, EnumSet.allOf(TlsMode.class)),
    /** The same over TLS. RFC 8314 §3.3. */
    SUBMISSIONS(TlsMode.IMPLICIT, EnumSet.of(TlsMode.IMPLICIT)),
    /** Mail from a server in front of this one. RFC 2033. */
    LMTP(TlsMode.NONE, EnumSet.allOf(TlsMode.class)),
    /** People's mail programs reading their mail. With STARTTLS. RFC 9051 §11.1. */
    IMAP(TlsMode.STARTTLS, EnumSet.allOf(TlsMode.class)),
    /** The same over TLS. RFC 8314 §3.2. */
    IMAPS(TlsMode.IMPLICIT, EnumSet.of(TlsMode.IMPLICIT));

    private final TlsMode usual;
    private final Set<TlsMode> possible;

    ListenerProtocol(TlsMode usual, Set<TlsMode> possible) {
        this.usual = usual;
        this.possible = possible;
    }

    /** As in the settings: {@code smtp}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How TLS comes where the settings don't say. */
    TlsMode usual() {
        return usual;
    }

    Set<TlsMode> possible() {
        return possible;
    }
}
