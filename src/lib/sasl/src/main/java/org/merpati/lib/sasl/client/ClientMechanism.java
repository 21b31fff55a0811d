package org.merpati.lib.sasl.client;

/** The mechanisms of a client, the better first. */
public enum ClientMechanism {
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS"),
    SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS"),
    SCRAM_SHA_256("SCRAM-SHA-256"),
    SCRAM_SHA_1("SCRAM-SHA-1"),
    OAUTHBEARER("OAUTHBEARER"),
    XOAUTH2("XOAUTH2"),
    PLAIN("PLAIN"),
    LOGIN("LOGIN"),
    DIGEST_MD5("DIGEST-MD5"),
    CRAM_MD5("CRAM-MD5");

    private final String token;

    ClientMechanism(String token) {
        this.token = token;
    }

    /** Its registered name. */
    public String token() {
        return token;
    }
}
