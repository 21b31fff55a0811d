package org.merpati.core.api.mail;

import java.util.Optional;

/** Unicode text as letters, digits and hyphens, and back (RFC 3492): Bootstring with the parameters of §5. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE = 0x80;

    private Punycode() {}

    /** RFC 3492 §6.3. A label of 63 octets has no text that overflows an int here; longer text is not asked for. */
    static String encode(String text) {
        var points = text.codePoints().toArray();
        var out = new StringBuilder();
        for (int c : points) {
            if (c < FIRST_CODE) {
                out.append((char) c);
            }
        }
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int code = FIRST_CODE;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (handled < points.length) {
            int next = Integer.MAX_VALUE;
            for (int c : points) {
                next = c >= code && c < next ? c : next;
            }
            delta = Math.addExact(delta, Math.multiplyExact(next - code, handled + 1));
            code = next;
            for (int c : points) {
                if (c < code) {
                    delta++;
                } else if (c == code) {
                    number(delta, bias, out);
                    bias = adapted(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            code++;
        }
        return out.toString();
    }

    private static void number(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /** RFC 3492 §6.2; empty for what is no such text. */
    static Optional<String> decode(String encoded) {
        try {
            return decoded(encoded);
        } catch (ArithmeticException e) {
            return Optional.empty(); // §6.4: overflow
        }
    }

    private static Optional<String> decoded(String encoded) {
        int basic = Math.max(0, encoded.lastIndexOf('-'));
        var points = new StringBuilder(encoded.substring(0, basic));
        if (points.chars().anyMatch(c -> c >= FIRST_CODE)) {
            return Optional.empty();
        }
        int count = basic;
        int at = basic > 0 ? basic + 1 : 0;
        int code = FIRST_CODE;
        int bias = FIRST_BIAS;
        int place = 0;
        while (at < encoded.length()) {
            int before = place;
            int weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < encoded.length() ? value(encoded.charAt(at++)) : -1;
                if (digit < 0) {
                    return Optional.empty();
                }
                place = Math.addExact(place, Math.multiplyExact(digit, weight));
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight = Math.multiplyExact(weight, BASE - threshold);
            }
            count++;
            bias = adapted(place - before, count, before == 0);
            code = Math.addExact(code, place / count);
            place %= count;
            if (!Character.isValidCodePoint(code)
                    || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
                return Optional.empty();
            }
            points.insert(points.offsetByCodePoints(0, place), Character.toString(code));
            place++;
        }
        return Optional.of(points.toString());
    }

    private static int threshold(int k, int bias) {
        return Math.clamp((long) k - bias, T_MIN, T_MAX);
    }

    /** RFC 3492 §6.1. */
    private static int adapted(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0' + 26;
        }
        if (digit >= 'a' && digit <= 'z') {
            return digit - 'a';
        }
        return digit >= 'A' && digit <= 'Z' ? digit - 'A' : -1;
    }
}
