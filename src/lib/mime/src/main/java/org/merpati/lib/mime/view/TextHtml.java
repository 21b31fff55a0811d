package org.merpati.lib.mime.view;

/** Writes plain text as HTML. For one text, one thread. */
final class TextHtml {
    private static final int DEEPEST_SHOWN = 12;
    private static final int LONGEST_ADDRESS = 2000;
    private static final String END_OF_ADDRESS = ".,;:!?'*_";

    private final String text;
    private final StringBuilder out;
    private int quotes;
    private boolean fresh = true;

    TextHtml(String text) {
        this.text = text;
        this.out = new StringBuilder(text.length() + text.length() / 4);
    }

    String result() {
        for (int from = 0; from < text.length(); ) {
            int lf = text.indexOf('\n', from);
            int end = lf < 0 ? text.length() : lf;
            int next = lf < 0 ? end : lf + 1;
            if (end > from && text.charAt(end - 1) == '\r') {
                end--;
            }
            line(from, end);
            from = next;
        }
        quoted(0);
        return out.toString();
    }

    private void line(int start, int end) {
        int at = start;
        int depth = 0;
        while (at < end && text.charAt(at) == '>') {
            at += at + 2 < end && text.charAt(at + 1) == ' ' && text.charAt(at + 2) == '>' ? 2 : 1;
            depth++;
        }
        if (depth > 0 && at < end && text.charAt(at) == ' ') {
            at++;
        }
        boolean opened = quoted(Math.min(depth, DEEPEST_SHOWN));
        if (!opened && !fresh) {
            out.append("<br>\n");
        }
        fresh = opened && at == end; // a quote stands apart by itself
        linked(at, end);
    }

    /** Opens and closes quotes. Returns whether it did. */
    private boolean quoted(int depth) {
        boolean changes = depth != quotes;
        for (; quotes < depth; quotes++) {
            out.append("<blockquote>");
        }
        for (; quotes > depth; quotes--) {
            out.append("</blockquote>\n");
        }
        return changes;
    }

    private void linked(int start, int end) {
        int from = start;
        for (int at = text.indexOf("http", from); at >= 0 && at < end; at = text.indexOf("http", at)) {
            int to = addressEnd(at, end);
            if (to < 0) {
                at += 4;
                continue;
            }
            escaped(from, at);
            out.append("<a href=\"");
            escaped(at, to);
            out.append("\">");
            escaped(at, to);
            out.append("</a>");
            from = to;
            at = to;
        }
        escaped(from, end);
    }

    /** Where the address that begins here ends, or -1 when it is none. */
    private int addressEnd(int start, int end) {
        int at = text.startsWith("https://", start) ? start + 8 : start + 7;
        if (!text.startsWith("://", at - 3) || (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1)))) {
            return -1;
        }
        int host = at;
        boolean opened = false;
        while (at < end && at - start <= LONGEST_ADDRESS && isOfAddress(text.charAt(at))) {
            opened |= text.charAt(at) == '(';
            at++;
        }
        while (at > host
                && (END_OF_ADDRESS.indexOf(text.charAt(at - 1)) >= 0 || (!opened && text.charAt(at - 1) == ')'))) {
            at--;
        }
        return at == host || at - start > LONGEST_ADDRESS ? -1 : at;
    }

    private static boolean isOfAddress(char c) {
        return c > ' ' && c != '<' && c != '>' && c != '"' && c != 0x7f && !Character.isWhitespace(c) && c != '\u00a0';
    }

    private void escaped(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case ' ' -> out.append(i + 1 < end && text.charAt(i + 1) == ' ' ? "&nbsp;" : " ");
                default -> out.append(c >= ' ' || c == '\t' ? c : ' ');
            }
        }
    }
}
