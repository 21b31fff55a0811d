package org.merpati.lib.sasl;

/** Reads SCRAM's attributes in their order (RFC 5802 §7). */
public final class ScramMessage {
    private final String text;
    private int at;
    private boolean ended;

    public ScramMessage(String text) {
        this.text = text;
    }

    /** The value of this attribute, which must be next. */
    public String next(char name) {
        if (at > text.length() - 2 || text.charAt(at) != name || text.charAt(at + 1) != '=') {
            if (text.startsWith("m=", at)) {
                throw new SaslSyntaxException("a mandatory extension"); // RFC 5802 §5.1: must fail
            }
            throw new SaslSyntaxException("expected attribute " + name);
        }
        at += 2;
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        var value = text.substring(at, end);
        if (value.indexOf('\0') >= 0 || value.isEmpty()) {
            throw new SaslSyntaxException("bad value of attribute " + name);
        }
        at = comma < 0 ? text.length() : comma + 1;
        ended = comma < 0;
        return value;
    }

    /** Steps over attributes of optional extensions, up to {@code stop} or the end; {@code '\0'} for the end alone. */
    public void extensions(char stop) {
        while (!ended && !(text.length() > at && text.charAt(at) == stop)) {
            char name = text.length() > at ? text.charAt(at) : '\0';
            if (!((name >= 'A' && name <= 'Z') || (name >= 'a' && name <= 'z'))) {
                throw new SaslSyntaxException("expected an attribute");
            }
            var unused = next(name);
        }
    }

    /** Where the next attribute begins. */
    public int position() {
        return at;
    }

    public void end() {
        if (!ended) {
            throw new SaslSyntaxException("text after the end");
        }
    }

    /** A nonce: printable ASCII (RFC 5802 §7). */
    public static String printable(String nonce) {
        for (int i = 0; i < nonce.length(); i++) {
            char c = nonce.charAt(i);
            if (c < 0x21 || c > 0x7e || c == ',') {
                throw new SaslSyntaxException("not a nonce");
            }
        }
        return nonce;
    }

    /** {@code saslname} (RFC 5802 §5.1): only =2C and =3D may follow an equals sign. */
    public static String name(String encoded) {
        var name = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '=') {
                name.append(c);
            } else if (encoded.startsWith("=2C", i)) {
                name.append(',');
                i += 2;
            } else if (encoded.startsWith("=3D", i)) {
                name.append('=');
                i += 2;
            } else {
                throw new SaslSyntaxException("bad escape in a name");
            }
        }
        return name.toString();
    }

    public static String encodedName(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /** {@code gs2-header} (RFC 5801 §4), without its non-standard flag; the length tells where the rest begins. */
    public record Gs2Header(char flag, String binding, String actAs, int length) {
        /** Reads it from the beginning of {@code text}. */
        public static Gs2Header parse(String text) {
            int first = text.indexOf(',');
            int second = first < 0 ? -1 : text.indexOf(',', first + 1);
            if (second < 0) {
                throw new SaslSyntaxException("expected a GS2 header");
            }
            var flag = text.substring(0, first);
            var authzid = text.substring(first + 1, second);
            if (!flag.equals("n") && !flag.equals("y") && !(flag.startsWith("p=") && flag.length() > 2)) {
                throw new SaslSyntaxException("expected a channel binding flag");
            }
            if (!authzid.isEmpty() && !(authzid.startsWith("a=") && authzid.length() > 2)) {
                throw new SaslSyntaxException("expected an authorization identity");
            }
            return new Gs2Header(
                    flag.charAt(0),
                    flag.length() > 2 ? flag.substring(2) : "",
                    authzid.isEmpty() ? "" : name(authzid.substring(2)),
                    second + 1);
        }
    }
}
