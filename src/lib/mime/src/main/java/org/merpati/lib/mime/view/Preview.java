package org.merpati.lib.mime.view;

import java.io.IOException;
import org.merpati.lib.mime.Message;

/** The beginning of a message's text in one line, for a list of messages (RFC 8621 §4.1.4, preview). */
public final class Preview {
    /** Characters; in UTF-16, so that no way of counting finds more. */
    public static final int LONGEST = 256;

    private static final int LONGEST_LOOKED_AT = 16_384;

    /** Newsletters begin with a long style sheet. */
    private static final int LONGEST_HTML = 128 * 1024;

    private static final int MOST_PARTS = 10;

    private Preview() {}

    /** Of the first part of the text body that has any text; empty when none has. */
    public static String of(Message message) throws IOException {
        var texts = BodyView.of(message.root()).textBody().stream()
                .filter(part -> BodyView.mediaType(part).startsWith("text/"))
                .limit(MOST_PARTS)
                .toList();
        for (var part : texts) {
            boolean html = BodyView.mediaType(part).equals("text/html");
            var preview = html ? ofHtml(message.text(part, LONGEST_HTML)) : of(message.text(part, LONGEST_LOOKED_AT));
            if (!preview.isEmpty()) {
                return preview;
            }
        }
        return "";
    }

    /** Of plain text: without quoted lines and signature, if anything else is there. */
    public static String of(String text) {
        var own = new Line();
        var all = new Line();
        boolean signature = false;
        int limit = Math.min(text.length(), LONGEST_LOOKED_AT);
        for (int from = 0; from < limit && !own.full(); ) {
            int lf = text.indexOf('\n', from);
            int end = lf < 0 ? text.length() : lf;
            int last = Math.min(end, limit);
            signature |= text.startsWith("-- ", from)
                    && text.substring(from, last).strip().equals("--");
            boolean quoted = text.charAt(from) == '>';
            if (!quoted && !signature && !attribution(text, from, last, end + 1)) {
                own.add(text, from, last);
            }
            if (!all.full()) {
                all.add(text, quoted ? from + 1 : from, last);
            }
            from = end + 1;
        }
        return own.isEmpty() ? all.toString() : own.toString();
    }

    /** Of HTML. */
    static String ofHtml(String html) {
        return of(Html.toPreviewText(html));
    }

    /** Whether the line only says whose words are quoted on the next: it ends with a colon, and a quote follows. */
    private static boolean attribution(String text, int from, int end, int next) {
        int last = end;
        while (last > from && text.charAt(last - 1) <= ' ') {
            last--;
        }
        int quote = next;
        while (quote < text.length() && quote < next + 4 && text.charAt(quote) <= ' ') {
            quote++;
        }
        return last > from && text.charAt(last - 1) == ':' && quote < text.length() && text.charAt(quote) == '>';
    }

    /** White space collapsed, at most as long as a preview. */
    private static final class Line {
        private final StringBuilder out = new StringBuilder(LONGEST);
        private boolean space;
        private boolean cut;

        boolean isEmpty() {
            return out.isEmpty();
        }

        boolean full() {
            return cut;
        }

        void add(String text, int from, int end) {
            space = true;
            for (int i = from; i < end && !cut; ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
                    space = true;
                } else if (isSeen(c)) {
                    add(c);
                }
            }
        }

        private void add(int c) {
            boolean spaced = space && !out.isEmpty();
            if (out.length() + (spaced ? 1 : 0) + Character.charCount(c) > LONGEST) {
                cut = true;
                return;
            }
            if (spaced) {
                out.append(' ');
            }
            space = false;
            out.appendCodePoint(c);
        }

        /** Newsletters pad their previews with characters that show nothing; the zero width joiner holds emoji together. */
        private static boolean isSeen(int c) {
            int type = Character.getType(c);
            return c == 0x200d || (type != Character.FORMAT && type != Character.SURROGATE && c != 0x34f);
        }

        /** What was cut ends with a whole word, if one is near. */
        @Override
        public String toString() {
            if (!cut) {
                return out.toString();
            }
            int limit = LONGEST - 1;
            int end = Math.min(limit, out.length());
            int word = out.lastIndexOf(" ", end);
            if (word > limit - 40) {
                end = word;
            } else if (end < out.length() && Character.isLowSurrogate(out.charAt(end))) {
                end--;
            }
            return out.substring(0, end) + '…';
        }
    }
}
