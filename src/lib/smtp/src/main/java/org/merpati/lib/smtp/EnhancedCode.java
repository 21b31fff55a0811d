package org.merpati.lib.smtp;

import java.util.Optional;

/** An enhanced status code: class, subject, detail (RFC 3463 §2, RFC 2034 §4). */
public record EnhancedCode(int status, int subject, int detail) {
    public EnhancedCode {
        boolean known = status == 2 || status == 4 || status == 5;
        if (!known || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("no enhanced status code: " + status + "." + subject + "." + detail);
        }
    }

    /** From its text, {@code 5.1.1}. */
    public static EnhancedCode of(String text) {
        return leading(text)
                .filter(code -> code.toString().equals(text))
                .orElseThrow(() -> new IllegalArgumentException("no enhanced status code: " + text));
    }

    /** The code that a reply's line begins with, before a space or the end. */
    static Optional<EnhancedCode> leading(String line) {
        var numbers = new int[3];
        int at = 0;
        for (int part = 0; part < 3; part++) {
            int start = at;
            while (at < line.length() && at - start < 3 && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
                numbers[part] = numbers[part] * 10 + line.charAt(at++) - '0';
            }
            boolean last = part == 2;
            boolean ended =
                    last ? at == line.length() || line.charAt(at) == ' ' : at < line.length() && line.charAt(at) == '.';
            if (start == at || !ended) {
                return Optional.empty();
            }
            at += last ? 0 : 1;
        }
        boolean known = numbers[0] == 2 || numbers[0] == 4 || numbers[0] == 5;
        return known ? Optional.of(new EnhancedCode(numbers[0], numbers[1], numbers[2])) : Optional.empty();
    }

    @Override
    public String toString() {
        return status + "." + subject + "." + detail;
    }
}
