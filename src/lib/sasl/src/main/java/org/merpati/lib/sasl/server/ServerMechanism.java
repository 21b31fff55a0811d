package org.merpati.lib.sasl.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The mechanisms of a server, the better first; in this order they are offered. */
public enum ServerMechanism {
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS", Need.BINDING),
    SCRAM_SHA_256("SCRAM-SHA-256", Need.NOTHING),
    SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS", Need.BINDING),
    SCRAM_SHA_1("SCRAM-SHA-1", Need.NOTHING),
    OAUTHBEARER("OAUTHBEARER", Need.CONFIDENTIALITY),
    XOAUTH2("XOAUTH2", Need.CONFIDENTIALITY),
    PLAIN("PLAIN", Need.CONFIDENTIALITY),
    LOGIN("LOGIN", Need.CONFIDENTIALITY);

    /** What a connection must have before a mechanism is offered on it. */
    public enum Need {
        NOTHING,
        /** The secret itself is sent: TLS, or a peer as near as that. */
        CONFIDENTIALITY,
        /** A channel binding that this end knows. */
        BINDING
    }

    private final String token;
    private final Need need;

    ServerMechanism(String token, Need need) {
        this.token = token;
        this.need = need;
    }

    /** Its registered name. */
    public String token() {
        return token;
    }

    public Need need() {
        return need;
    }

    /** By its name in any mix of case. */
    public static Optional<ServerMechanism> of(String token) {
        var upper = token.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(each -> each.token.equals(upper)).findFirst();
    }
}
