package org.merpati.lib.mime.view;

import java.io.IOException;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;

/** A message's body as one text or one HTML; where it lacks the one, that is made of the other. */
public final class Bodies {
    private Bodies() {}

    /** @param most octets of content that are looked at */
    public static String text(Message message, int most) throws IOException {
        var out = new StringBuilder();
        int left = most;
        for (var part : BodyView.of(message.root()).textBody()) {
            var type = BodyView.mediaType(part);
            if (left > 0 && type.startsWith("text/")) {
                var text = message.text(part, left);
                left -= (int) Math.min(left, part.size());
                out.append(out.isEmpty() || endsLine(out) ? "" : "\n");
                out.append(type.equals("text/html") ? Html.toText(text) : text.replace("\r\n", "\n"));
            }
        }
        return out.toString();
    }

    /**
     * HTML as its sender wrote it: what shows it has to deal with its scripts.
     *
     * @param most octets of content that are looked at
     */
    public static String html(Message message, int most) throws IOException {
        var out = new StringBuilder();
        int left = most;
        for (var part : BodyView.of(message.root()).htmlBody()) {
            var type = BodyView.mediaType(part);
            if (left > 0 && type.startsWith("text/")) {
                var text = message.text(part, left);
                left -= (int) Math.min(left, part.size());
                out.append(type.equals("text/html") ? text : "<div>" + Html.fromText(text) + "</div>");
                out.append(endsLine(out) ? "" : "\n");
            } else if (type.startsWith("image/")) {
                image(part, out);
            }
        }
        return out.toString();
    }

    /** An image of the body: by its Content-ID (RFC 2392), if it has one. */
    private static void image(Part part, StringBuilder out) {
        part.contentId()
                .ifPresent(id -> out.append("<div><img src=\"cid:")
                        .append(id.replace("&", "&amp;").replace("\"", "%22").replace("<", "%3C"))
                        .append("\"></div>\n"));
    }

    private static boolean endsLine(StringBuilder text) {
        return !text.isEmpty() && text.charAt(text.length() - 1) == '\n';
    }
}
