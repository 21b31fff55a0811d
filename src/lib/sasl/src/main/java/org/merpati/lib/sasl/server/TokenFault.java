package org.merpati.lib.sasl.server;

/** What is wrong with a token, by its registered name (RFC 6750 §3.1, RFC 7628 §3.2.2). */
public enum TokenFault {
    INVALID_REQUEST("invalid_request"),
    INVALID_TOKEN("invalid_token"),
    INSUFFICIENT_SCOPE("insufficient_scope");

    private final String code;

    TokenFault(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
