package org.merpati.lib.mime.field;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** Date and the like (RFC 5322 §3.3). */
public final class DateTime {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private DateTime() {}

    /**
     * Reads a date with its time as RFC 5322 writes it, old forms among them (§4.3), as RFC 3339 does, as C's
     * {@code asctime}, and what lies between. Without a zone, or with one that nobody knows, it is UTC. Empty when date or
     * time is missing, could be read in two ways, or does not exist. Of a trace field, it is the date after the semicolon.
     */
    public static Optional<OffsetDateTime> parse(String body) {
        return new DateTimeParser(body).parse();
    }

    /** As {@code Sat, 21 Nov 2026 15:36:16 +0000}; seconds of the offset and fractions are cut off. */
    public static String format(OffsetDateTime time) {
        int offset = time.getOffset().getTotalSeconds() / 60;
        return String.format(
                Locale.ROOT,
                "%s, %d %s %04d %02d:%02d:%02d %s%02d%02d",
                DAYS[time.getDayOfWeek().getValue() - 1],
                time.getDayOfMonth(),
                MONTHS[time.getMonthValue() - 1],
                time.getYear(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                offset < 0 ? '-' : '+',
                Math.abs(offset) / 60,
                Math.abs(offset) % 60);
    }

    /** 1 to 12 for an English name of a month or its first three letters or more, else 0. */
    static int month(String word) {
        return indexOf(
                MONTHS, word, "January February March April May June July August September October November December");
    }

    static boolean isDay(String word) {
        return indexOf(DAYS, word, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday") > 0;
    }

    private static int indexOf(String[] shortNames, String word, String longNames) {
        if (word.length() < 3) {
            return 0;
        }
        for (int i = 0; i < shortNames.length; i++) {
            if (word.regionMatches(true, 0, shortNames[i], 0, 3)) {
                int at = longNames.indexOf(shortNames[i]);
                return longNames.regionMatches(true, at, word, 0, word.length()) ? i + 1 : 0;
            }
        }
        return 0;
    }
}
