package org.merpati.core.api.stage;

/** What a {@link SmtpStage} says of a step. */
public sealed interface Verdict extends AddressVerdict {
    /** Nothing against it. */
    record Continue() implements Verdict {}

    /**
     * This step is refused and the session goes on, except after connect, where it is over.
     *
     * @param code of 4xx for another try later or 5xx for never
     * @param enhanced of the same class: {@code 4.7.1} (RFC 3463 §2)
     * @param text one line for the peer, printable ASCII
     */
    record Refuse(int code, String enhanced, String text) implements Verdict {
        public Refuse {
            if (code < 400 || code > 599 || code == 421) {
                throw new IllegalArgumentException("not a code that refuses: " + code);
            }
            if (!enhanced.matches("[45]\\.[0-9]{1,3}\\.[0-9]{1,3}") || enhanced.charAt(0) != '0' + code / 100) {
                throw new IllegalArgumentException(enhanced + " is no enhanced code for " + code);
            }
            text = line(text);
        }

        public boolean temporary() {
            return code < 500;
        }
    }

    /**
     * The session is over: 421 and this text.
     *
     * @param text one line for the peer, printable ASCII
     */
    record Close(String text) implements Verdict {
        public Close {
            text = line(text);
        }
    }

    static Verdict proceed() {
        return new Continue();
    }

    static Verdict refuse(int code, String enhanced, String text) {
        return new Refuse(code, enhanced, text);
    }

    static Verdict close(String text) {
        return new Close(text);
    }

    private static String line(String text) {
        if (text.isBlank() || text.length() > 400 || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new IllegalArgumentException("the text of a reply is 1 to 400 characters of printable ASCII");
        }
        return text;
    }
}
