package org.merpati.lib.mime.field;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.field.Received.Peer;
import org.merpati.lib.mime.field.Received.Tls;

/** What servers write into the comments of trace fields, each in its own way: the client's address and names, and TLS. */
final class TraceDetails {
    /** RFC 3848, RFC 6531 §4.3, and what stands in mail beside them. */
    private static final Set<String> PROTOCOLS = Set.of(
            "SMTP",
            "ESMTP",
            "ESMTPA",
            "ESMTPS",
            "ESMTPSA",
            "LMTP",
            "LMTPA",
            "LMTPS",
            "LMTPSA",
            "UTF8SMTP",
            "UTF8SMTPA",
            "UTF8SMTPS",
            "UTF8SMTPSA",
            "UTF8LMTP",
            "UTF8LMTPA",
            "UTF8LMTPS",
            "UTF8LMTPSA",
            "HTTP",
            "HTTPS",
            "IMAP",
            "POP3",
            "LOCAL");

    private static final String[] CIPHER_PARTS = {"SHA", "GCM", "CBC", "POLY1305", "RC4"};

    private @Nullable String helo;
    private @Nullable String name;
    private @Nullable String address;
    private @Nullable String version;
    private @Nullable String cipher;

    Peer peer() {
        return new Peer(Optional.ofNullable(helo), Optional.ofNullable(name), Optional.ofNullable(address));
    }

    Tls tls() {
        return new Tls(Optional.ofNullable(version), Optional.ofNullable(cipher));
    }

    /** The protocol that the word is, or ends with as {@code local-esmtps} does; null for others. */
    static @Nullable String protocol(String word) {
        var upper = word.toUpperCase(Locale.ROOT);
        if (upper.equals("ESMTP-TLS")) {
            return "ESMTPS";
        }
        int slash = upper.indexOf('/');
        var first = slash < 0 ? upper : upper.substring(0, slash);
        var last = first.substring(first.lastIndexOf('-') + 1);
        return switch (last) {
            case "SMTPSVC", "BSMTP" -> "SMTP";
            case "HTTPREST" -> "HTTP";
            default -> PROTOCOLS.contains(last) ? last : null;
        };
    }

    /** Looks for HELO's name, an address and, if there may be one, a name by reverse lookup, which comes first. */
    void client(String comment, boolean mayName) {
        boolean afterHelo = false;
        boolean first = mayName;
        int at = 0;
        while (at < comment.length()) {
            int end = at;
            while (end < comment.length() && " \t,[]<>()=".indexOf(comment.charAt(end)) < 0) {
                end++;
            }
            if (end > at) {
                var word = comment.substring(at, end);
                if (afterHelo) {
                    helo = helo == null ? word : helo;
                    afterHelo = false;
                } else if (word.equalsIgnoreCase("helo")
                        || word.equalsIgnoreCase("ehlo")
                        || word.equalsIgnoreCase("lhlo")) {
                    afterHelo = true;
                } else {
                    addressOrName(word, first);
                }
                first = false;
            }
            at = end + 1;
        }
    }

    private void addressOrName(String word, boolean first) {
        boolean tagged = word.regionMatches(true, 0, "IPv6:", 0, 5);
        var bare = tagged ? word.substring(5) : word;
        int colon = bare.indexOf(':');
        var host = colon > 0 && colon == bare.lastIndexOf(':') ? bare.substring(0, colon) : bare;
        if (IpLiteral.is(host)) {
            address = address == null ? host : address;
        } else if (first && name == null && isHost(word)) {
            name = word;
        }
    }

    /** A name with a dot that does not end in figures. */
    private static boolean isHost(String word) {
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        int end = word.endsWith(".") ? word.length() - 1 : word.length();
        int dot = word.lastIndexOf('.', end - 1);
        return dot > 0 && dot < end - 1 && Character.isLetter(word.charAt(dot + 1));
    }

    /** Looks for a version of TLS and a cipher's name. */
    void encryption(String comment) {
        int at = 0;
        while (at < comment.length()) {
            int end = at;
            while (end < comment.length() && " \t,:=/()".indexOf(comment.charAt(end)) < 0) {
                end++;
            }
            var word = comment.substring(at, end);
            if (version == null) {
                version = version(word);
            }
            if (cipher == null && isCipher(word)) {
                cipher = word;
            }
            at = end + 1;
        }
    }

    /** {@code TLSv1.2} for that, {@code TLS1_2} and {@code TLS-1.2}. */
    private static @Nullable String version(String word) {
        int length = word.length();
        if (length < 4 || length > 8 || !word.regionMatches(true, 0, "TLS", 0, 3)) {
            return word.equalsIgnoreCase("SSLv3") ? "SSLv3" : null;
        }
        int at = "vV-_".indexOf(word.charAt(3)) >= 0 ? 4 : 3;
        if (at >= length || word.charAt(at) != '1') {
            return null;
        }
        if (at + 1 == length) {
            return "TLSv1.0";
        }
        boolean minor = at + 3 == length && "._".indexOf(word.charAt(at + 1)) >= 0;
        return minor && Character.isDigit(word.charAt(at + 2)) ? "TLSv1." + word.charAt(at + 2) : null;
    }

    private static boolean isCipher(String word) {
        if (word.indexOf('-') < 0 && word.indexOf('_') < 0) {
            return false;
        }
        for (var part : CIPHER_PARTS) {
            if (word.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
