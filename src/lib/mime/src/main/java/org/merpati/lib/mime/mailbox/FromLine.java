package org.merpati.lib.mime.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * The line between messages (RFC 4155 Appendix A): {@code From sender date}, the date as asctime writes it, perhaps with a zone before
 * or after the year, or as RFC 5322 does.
 */
record FromLine(Optional<String> sender, Optional<Instant> date) {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** @param length of the line, which begins with {@code From } */
    static FromLine parse(byte[] bytes, int from, int length) {
        var words = new StringTokenizer(new String(bytes, from + 5, length - 5, StandardCharsets.ISO_8859_1));
        var sender = new StringBuilder();
        while (words.hasMoreTokens()) {
            var word = words.nextToken();
            if (index(DAYS, word.replace(",", "")) >= 0 && words.hasMoreTokens()) {
                return new FromLine(named(sender), new Words(words).date());
            }
            sender.append(sender.isEmpty() ? "" : " ").append(word);
        }
        return new FromLine(named(sender), Optional.empty());
    }

    private static Optional<String> named(StringBuilder sender) {
        return sender.isEmpty() ? Optional.empty() : Optional.of(sender.toString());
    }

    private static int index(List<String> names, String word) {
        return word.length() == 3 ? names.indexOf(word.toLowerCase(Locale.ROOT)) : -1;
    }

    /** The words after the day's name, in whatever order: each shows by its form what it is. */
    private static final class Words {
        private int month = -1;
        private int day = -1;
        private int year = -1;
        private int[] time = {};
        private ZoneOffset zone = ZoneOffset.UTC;

        Words(StringTokenizer words) {
            for (int i = 0; i < 6 && words.hasMoreTokens(); i++) {
                take(words.nextToken());
            }
        }

        private void take(String word) {
            if (index(MONTHS, word) >= 0) {
                month = index(MONTHS, word) + 1;
            } else if (word.indexOf(':') > 0) {
                time = time(word);
            } else if (word.length() == 5 && (word.charAt(0) == '+' || word.charAt(0) == '-')) {
                zone = zone(word);
            } else if (number(word) >= 0 && word.length() <= 2) {
                day = number(word);
            } else if (number(word) >= 0 && word.length() == 4) {
                year = number(word);
            }
        }

        Optional<Instant> date() {
            if (month < 0 || day < 0 || year < 0 || time.length < 2) {
                return Optional.empty();
            }
            try {
                int second = Math.min(time.length > 2 ? time[2] : 0, 59);
                return Optional.of(LocalDateTime.of(year, month, day, time[0], time[1], second)
                        .toInstant(zone));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private static int[] time(String word) {
            var tokens = new StringTokenizer(word, ":");
            var time = new int[Math.min(tokens.countTokens(), 3)];
            for (int i = 0; i < time.length; i++) {
                time[i] = number(tokens.nextToken());
            }
            return time;
        }

        private static ZoneOffset zone(String word) {
            int digits = number(word.substring(1));
            int seconds = (digits / 100 * 60 + digits % 100) * 60;
            boolean known = digits >= 0 && seconds <= 18 * 3600;
            return known ? ZoneOffset.ofTotalSeconds(word.charAt(0) == '-' ? -seconds : seconds) : ZoneOffset.UTC;
        }

        /** What up to four digits say, else -1. */
        private static int number(String word) {
            int number = 0;
            for (int at = 0; at < word.length(); at++) {
                char c = word.charAt(at);
                if (c < '0' || c > '9' || at == 4) {
                    return -1;
                }
                number = number * 10 + c - '0';
            }
            return word.isEmpty() ? -1 : number;
        }
    }
}
