package org.merpati.core.store.directory;

/**
 * What is stored of a password, each in the text form of its own standard and none of them reversible.
 *
 * @param argon2 Argon2id in PHC form: {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash} (RFC 9106)
 * @param scramSha256 SCRAM-SHA-256 verifier: {@code iterations,salt,StoredKey,ServerKey} in base64 (RFC 5802 §3, RFC 7677)
 * @param scramSha1 the same for SCRAM-SHA-1
 */
public record PasswordHash(String argon2, String scramSha256, String scramSha1) {
    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
