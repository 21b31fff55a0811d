package org.merpati.lib.mime.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of mailing lists: List-Post and its like (RFC 2369), and List-Id (RFC 2919). */
public final class ListField {
    private static final int MOST = 1000;

    /**
     * One way to do it; a list may offer several, the best first (RFC 2369 §2).
     *
     * @param uri or {@code NO}, where nobody may post (RFC 2369 §3.4)
     * @param comment for people
     */
    public record Action(String uri, Optional<String> comment) {}

    /** What List-Id says: a name for people, and the id without brackets. */
    public record Id(Optional<String> phrase, String id) {}

    private ListField() {}

    /** Reads List-Help, -Subscribe, -Unsubscribe, -Post, -Owner, -Archive. White space in brackets is none of the URI. */
    public static List<Action> parse(String body) {
        var text = Folding.remove(body);
        var comments = new Comments(text);
        var actions = new ArrayList<Action>();
        String comment = null;
        String uri = null;
        int at = 0;
        while (at <= text.length() && actions.size() < MOST) {
            char c = at < text.length() ? text.charAt(at) : ',';
            int end = c == '(' ? comments.end(at) : -1;
            if (end > 0) {
                comment = comment == null ? comments.content(at, end) : comment;
                at = end;
            } else if (c == ',') {
                keep(uri, comment, actions);
                uri = null;
                comment = null;
                at++;
            } else if (c == '<') {
                end = uriEnd(text, at + 1);
                uri = Folding.withoutWhite(text.substring(at + 1, end));
                at = end;
            } else if (Folding.isWhite(c) || c == '>') {
                at++;
            } else {
                end = at + 1;
                while (end < text.length() && " \t,(<".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                uri = uri == null ? text.substring(at, end) : uri;
                at = end;
            }
        }
        return actions;
    }

    /** Reads List-Id; leniently without brackets. Empty when it has no id. */
    public static Optional<Id> id(String body) {
        var text = Folding.remove(body);
        int open = text.lastIndexOf('<');
        int close = open < 0 ? -1 : text.indexOf('>', open);
        var raw = open < 0 ? text : text.substring(open + 1, close < 0 ? text.length() : close);
        var id = Folding.withoutWhite(Comments.remove(raw));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var phrase = open < 0 ? "" : Comments.remove(text.substring(0, open)).strip();
        boolean quoted = phrase.length() >= 2 && phrase.startsWith("\"") && phrase.endsWith("\"");
        var name = Unstructured.decode(quoted ? Comments.unescape(phrase.substring(1, phrase.length() - 1)) : phrase);
        return Optional.of(new Id(Optional.of(name).filter(n -> !n.isEmpty()), id));
    }

    private static void keep(@Nullable String uri, @Nullable String comment, List<Action> actions) {
        if (uri != null && !uri.isEmpty()) {
            actions.add(new Action(uri, Optional.ofNullable(comment)));
        }
    }

    private static int uriEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '<') {
            end++;
        }
        return end;
    }
}
