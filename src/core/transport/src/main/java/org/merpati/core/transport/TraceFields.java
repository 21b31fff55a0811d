package org.merpati.core.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.mime.field.DateTime;

/**
 * The fields that final delivery puts on top of a message: Return-Path, then Received (RFC 5321 §4.4). Whatever a client said
 * comes out as one field each: what can't stand in one is replaced.
 */
final class TraceFields {
    private static final int LINE = 78; // RFC 5322 §2.1.1
    private static final int LONGEST_NAME = 255;

    private TraceFields() {}

    /** All fields, each with its CRLFs; ASCII unless the envelope is SMTPUTF8 (RFC 6531 §3.7.3). */
    static String of(Envelope envelope, String hostname, String id, ZonedDateTime received) {
        boolean utf8 = envelope.demands().smtpUtf8();
        return "Return-Path: <" + visible(envelope.reversePath(), " ", utf8) + ">\r\n"
                + deliveredTo(envelope)
                + folded("Received:", stamp(envelope, hostname, id, received));
    }

    /**
     * The address by which the message would be known if it came back. All recipients share one copy, so only a message for
     * one account has this field: more would tell one about the others.
     */
    private static String deliveredTo(Envelope envelope) {
        if (envelope.addressees().size() != 1) {
            return "";
        }
        var only = envelope.addressees().getFirst().recipient();
        boolean utf8 = envelope.demands().smtpUtf8();
        boolean writable = utf8 || only.address().toString().chars().allMatch(c -> c < 0x80);
        return only.accounts().size() == 1 && writable
                ? "Delivered-To: " + visible(only.address().toString(), "", utf8) + "\r\n"
                : "";
    }

    /** Stamp, in pieces between which the line may be folded. */
    private static List<String> stamp(Envelope envelope, String hostname, String id, ZonedDateTime received) {
        var pieces = new ArrayList<String>();
        boolean utf8 = envelope.demands().smtpUtf8();
        pieces.add("from " + clientName(envelope.client().helo(), utf8));
        pieces.add("(" + literal(envelope.client().address()) + ")");
        pieces.add("by " + hostname);
        pieces.add("with " + envelope.client().protocol());
        envelope.client().tls().ifPresent(tls -> pieces.add("tls " + cipher(tls.cipher()))); // RFC 8314 §4.3
        pieces.add("id " + id);
        if (envelope.addressees().size() == 1) { // more would tell one about the others (RFC 5321 §7.2)
            pieces.add("for <" + visible(envelope.addressees().getFirst().address(), " ", utf8) + ">");
        }
        envelope.demands().priority().ifPresent(priority -> pieces.add("PRIORITY " + priority)); // RFC 6710 §4.1
        pieces.set(pieces.size() - 1, pieces.getLast() + ";");
        pieces.add(DateTime.format(received.toOffsetDateTime()));
        return pieces;
    }

    private static String folded(String name, List<String> pieces) {
        var field = new StringBuilder(name);
        int lineStart = 0;
        for (var piece : pieces) {
            if (field.length() - lineStart + 1 + piece.length() > LINE) {
                field.append("\r\n");
                lineStart = field.length();
                field.append('\t');
            } else {
                field.append(' ');
            }
            field.append(piece);
        }
        return field.append("\r\n").toString();
    }

    /** What the client called itself, if that can be a Domain or an address-literal; everything else is shown as {@code ?}. */
    private static String clientName(String helo, boolean utf8) {
        var name = new StringBuilder();
        for (int i = 0; i < helo.length() && i < LONGEST_NAME; i++) {
            char c = helo.charAt(i);
            boolean known = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            name.append(known || "-._:[]".indexOf(c) >= 0 || (utf8 && beyondAscii(c)) ? c : '?');
        }
        return name.isEmpty() ? "unknown" : name.toString();
    }

    /** address-literal, RFC 5321 §4.1.3. */
    private static String literal(InetAddress address) {
        var text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }

    /** A name with IANA: letters, digits and underscores. */
    private static String cipher(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }

    private static boolean beyondAscii(char c) {
        return c >= 0xa0;
    }

    /** Visible ASCII and {@code others}, and all beyond it where that is allowed. */
    private static String visible(String path, String others, boolean utf8) {
        var shown = new StringBuilder(path);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            boolean visible = (c > ' ' && c < 0x7f) || (utf8 && beyondAscii(c));
            if (!visible && others.indexOf(c) < 0) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }
}
