package org.merpati.core.jmap.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The algorithms of Blob/get, by their names in the HTTP registry, in lower case; the better one first (RFC 9404 §3.1). */
enum DigestAlgorithm {
    SHA_256("sha-256", "SHA-256"),
    SHA("sha", "SHA-1");

    static final List<String> NAMES =
            Arrays.stream(values()).map(DigestAlgorithm::label).toList();

    private final String label;
    private final String algorithm;

    DigestAlgorithm(String label, String algorithm) {
        this.label = label;
        this.algorithm = algorithm;
    }

    static Optional<DigestAlgorithm> of(String name) {
        return Arrays.stream(values()).filter(one -> one.label.equals(name)).findFirst();
    }

    String label() {
        return label;
    }

    MessageDigest begin() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
