package org.merpati.core.api.directory;

/**
 * The command line's credential: whoever can read the file that holds it (0600, new at each start) administers this
 * server. Sent as {@code Authorization: Bearer}. Only the embedded home has one.
 */
public record OperatorToken(String value) {
    public OperatorToken {
        if (value.length() < 32) {
            throw new IllegalArgumentException("an operator's token has at least 32 characters");
        }
    }

    @Override
    public String toString() {
        return "OperatorToken[hidden]";
    }
}
