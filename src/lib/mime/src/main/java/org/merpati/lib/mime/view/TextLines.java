package org.merpati.lib.mime.view;

/** Text that comes in pieces, put into lines: white space collapsed, quotes and lists indented. */
final class TextLines {
    private static final int MOST_BREAKS = 3;
    private static final int DEEPEST_SHOWN = 12;

    private final StringBuilder out = new StringBuilder();
    private int breaks;
    private int quotes;
    private int quotesBefore;
    private int indents;
    private boolean space;
    private boolean begun;
    private String mark = "";

    int length() {
        return out.length();
    }

    String since(int start) {
        return out.substring(Math.min(start, out.length()));
    }

    String result() {
        return out.toString();
    }

    void text(String text, boolean preformatted) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (preformatted && c == '\n') {
                lineBreak();
            } else if (preformatted && c == ' ') {
                write(c);
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                space = true;
            } else {
                write(c == '\u00a0' ? ' ' : c);
            }
        }
    }

    /** A space before what comes next on the line. */
    void space() {
        space = true;
    }

    /** One line end more. */
    void lineBreak() {
        breaks = Math.min(MOST_BREAKS, breaks + 1);
        space = false;
    }

    /** At least so many line ends before what comes next. */
    void breaks(int least) {
        breaks = Math.max(breaks, least);
        space = false;
    }

    void quote(int more) {
        quotes += more;
    }

    void indent(int more) {
        indents += more;
        mark = "";
    }

    /** What the next line begins with: an item of a list. */
    void mark(String text) {
        mark = text;
    }

    private void write(char c) {
        if (breaks > 0) {
            for (int i = 0; i < breaks && begun; i++) {
                out.append('\n');
                if (i + 1 < breaks) {
                    quoteMarks(Math.min(quotesBefore, quotes));
                }
            }
            breaks = 0;
            space = false;
            startLine();
        } else if (!begun) {
            space = false;
            startLine();
        }
        if (space) {
            out.append(' ');
            space = false;
        }
        out.append(c);
        begun = true;
    }

    private void quoteMarks(int depth) {
        out.repeat(">", Math.clamp(depth, 0, DEEPEST_SHOWN));
    }

    private void startLine() {
        quoteMarks(quotes);
        quotesBefore = quotes;
        if (quotes > 0) {
            out.append(' ');
        }
        int depth = Math.clamp(indents, 0, DEEPEST_SHOWN);
        out.repeat("  ", mark.isEmpty() || depth == 0 ? depth : depth - 1).append(mark);
        mark = "";
    }
}
