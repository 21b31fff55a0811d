package org.merpati.core.api.directory;

/**
 * What is kept of a password to check it by SCRAM (RFC 5802 §3). Nobody signs in with it, but whoever has it can try passwords
 * offline.
 *
 * @param text {@code iterations,salt,StoredKey,ServerKey}, the last three in base64
 */
public record ScramVerifier(String text) {
    /** The hashes that verifiers are kept for (RFC 5802, RFC 7677). */
    public enum Hash {
        SHA_1,
        SHA_256
    }

    @Override
    public String toString() {
        return "ScramVerifier[hidden]";
    }
}
