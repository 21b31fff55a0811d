package org.merpati.lib.mime.view;

/**
 * The subject that messages of one thread have in common: the base subject of RFC 5256 §2.1.
 *
 * @param base may be empty
 * @param replyOrForward whether something said so that was removed: {@code Re:}, {@code Fwd:}, {@code (fwd)} and the like
 */
public record ThreadSubject(String base, boolean replyOrForward) {
    private static final String TRAILER = "(fwd)";
    private static final String FORWARD = "[fwd:";

    /** @param subject its encoded words decoded */
    public static ThreadSubject of(String subject) {
        return new Extraction(spacesCollapsed(subject)).run();
    }

    /** Runs of white space and line ends become one space. */
    private static String spacesCollapsed(String text) {
        var out = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                space = true;
            } else {
                if (space) {
                    out.append(' ');
                }
                space = false;
                out.append(c);
            }
        }
        return space ? out.append(' ').toString() : out.toString();
    }

    /** Narrows {@code [from, to)}. A bracket is looked for once, as what is found of it decides for all steps before the next. */
    private static final class Extraction {
        private final String text;
        private int from;
        private int to;
        private boolean replyOrForward;

        Extraction(String text) {
            this.text = text;
            this.to = text.length();
        }

        ThreadSubject run() {
            do {
                removeTrailers();
                removeLeaders();
            } while (removeForward());
            return new ThreadSubject(text.substring(from, to), replyOrForward);
        }

        /** Step 2, subj-trailer. */
        private void removeTrailers() {
            while (from < to) {
                if (text.charAt(to - 1) == ' ') {
                    to--;
                } else if (to - from >= TRAILER.length() && is(TRAILER, to - TRAILER.length())) {
                    to -= TRAILER.length();
                    replyOrForward = true;
                } else {
                    return;
                }
            }
        }

        /** Steps 3 to 5: subj-leader, and subj-blob where a base remains. */
        private void removeLeaders() {
            while (from < to) {
                if (text.charAt(from) == ' ') {
                    from++;
                    continue;
                }
                int lastBlob = from;
                int next = from;
                for (int end = blobEnd(next); end >= 0; end = blobEnd(next)) {
                    lastBlob = next;
                    next = end;
                }
                int after = replyEnd(next);
                if (after >= 0) {
                    from = after;
                    replyOrForward = true;
                } else {
                    from = next < to ? next : lastBlob; // the last blob is the base where nothing else is
                    return;
                }
            }
        }

        /** Step 6: {@code [fwd: …]}. */
        private boolean removeForward() {
            if (to - from <= FORWARD.length() || !is(FORWARD, from) || text.charAt(to - 1) != ']') {
                return false;
            }
            from += FORWARD.length();
            to--;
            replyOrForward = true;
            return true;
        }

        /** Where the subj-blob that begins here ends, white space after it included; -1 when there is none. */
        private int blobEnd(int start) {
            if (start >= to || text.charAt(start) != '[') {
                return -1;
            }
            int at = start + 1;
            while (at < to && text.charAt(at) != '[' && text.charAt(at) != ']') {
                at++;
            }
            return at < to && text.charAt(at) == ']' ? spacesEnd(at + 1) : -1;
        }

        /** Where the subj-refwd that begins here ends, or -1. */
        private int replyEnd(int start) {
            int at;
            if (is("re", start)) {
                at = start + 2;
            } else if (is("fwd", start)) {
                at = start + 3;
            } else if (is("fw", start)) {
                at = start + 2;
            } else {
                return -1;
            }
            at = spacesEnd(at);
            int blob = blobEnd(at);
            at = blob < 0 ? at : blob;
            return at < to && text.charAt(at) == ':' ? at + 1 : -1;
        }

        private int spacesEnd(int start) {
            int at = start;
            while (at < to && text.charAt(at) == ' ') {
                at++;
            }
            return at;
        }

        private boolean is(String word, int start) {
            return start + word.length() <= to && text.regionMatches(true, start, word, 0, word.length());
        }
    }
}
