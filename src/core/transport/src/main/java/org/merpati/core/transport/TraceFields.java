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

    /** Both fields, each with its CRLFs; ASCII. */
    static String of(Envelope envelope, String hostname, String id, ZonedDateTime received) {
        return "Return-Path: <" + visible(envelope.reversePath(), " ") + ">\r\n"
                + folded("Received:", stamp(envelope, hostname, id, received));
    }

    /** Stamp, in pieces between which the line may be folded. */
    private static List<String> stamp(Envelope envelope, String hostname, String id, ZonedDateTime received) {
        var pieces = new ArrayList<String>();
        pieces.add("from " + clientName(envelope.client().helo()));
        pieces.add("(" + literal(envelope.client().address()) + ")");
        pieces.add("by " + hostname);
        pieces.add("with " + envelope.client().protocol());
        pieces.add("id " + id);
        if (envelope.addressees().size() == 1) { // more would tell one about the others (RFC 5321 §7.2)
            pieces.add("for <" + visible(envelope.addressees().getFirst().address(), "") + ">");
        }
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
    private static String clientName(String helo) {
        var name = new StringBuilder();
        for (int i = 0; i < helo.length() && i < LONGEST_NAME; i++) {
            char c = helo.charAt(i);
            boolean known = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            name.append(known || "-._:[]".indexOf(c) >= 0 ? c : '?');
        }
        return name.isEmpty() ? "unknown" : name.toString();
    }

    /** address-literal, RFC 5321 §4.1.3. */
    private static String literal(InetAddress address) {
        var text = address.getHostAddress().replaceFirst("%.*", "");
        return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    }

    /** Visible ASCII and {@code others}; angle brackets would end the path early. */
    private static String visible(String path, String others) {
        var shown = new StringBuilder(path);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            boolean visible = c > ' ' && c < 0x7f;
            if (!visible && others.indexOf(c) < 0) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }
}
