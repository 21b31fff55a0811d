package org.merpati.lib.sasl;

/** A bearer token (RFC 6750 §2.1). Does not print. */
public record Token(String value) {
    public Token {
        if (!b64token(value)) {
            throw new SaslSyntaxException("not a bearer token");
        }
    }

    private static boolean b64token(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        if (end == 0) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letterOrDigit && "-._~+/".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
