package org.merpati.lib.mime.field;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Reads a date by looking at each word and number for what it can be, in the order in which they stand. */
final class DateTimeParser {
    /** Longer than any date; what comes after is passed over. */
    private static final int FARTHEST_ZONE = 18 * 60;

    private static final int LONGEST = 256;

    private static final int UNSET = -1;

    private final String text;
    private int at;
    private int day = UNSET;
    private int month = UNSET;
    private int year = UNSET;
    private int hour = UNSET;
    private int minute;
    private int second;
    private int nanos;
    private boolean afternoon;
    private boolean halves;
    private boolean numericZone;
    private int zoneMinutes;

    DateTimeParser(String body) {
        var bare = Comments.remove(body.substring(body.lastIndexOf(';') + 1)).strip();
        text = bare.length() > LONGEST ? bare.substring(0, LONGEST) : bare;
    }

    Optional<OffsetDateTime> parse() {
        boolean readable = true;
        while (at < text.length() && readable) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                readable = number();
            } else if (Character.isLetter(c)) {
                word();
            } else if ((c == '+' || c == '-') && hour != UNSET && !joins()) {
                readable = offset(c == '-' ? -1 : 1);
            } else {
                at++;
            }
        }
        return readable ? result() : Optional.empty();
    }

    /** Whether the hyphen is one of {@code 21-Nov-1997}, which stands after the time. */
    private boolean joins() {
        return year == UNSET && Character.isLetter(text.charAt(at - 1));
    }

    private Optional<OffsetDateTime> result() {
        if (day == UNSET || month == UNSET || year == UNSET || hour == UNSET || minute > 59 || second > 60) {
            return Optional.empty();
        }
        if (halves) {
            if (hour < 1 || hour > 12) {
                return Optional.empty();
            }
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        try {
            int noLeap = Math.min(second, 59); // RFC 5322 §3.3 allows 60, java.time does not
            // RFC 5322 §3.3 lets zones go to ±99:59, java.time to ±18:00; the moment is the same
            boolean far = Math.abs(zoneMinutes) > FARTHEST_ZONE;
            var zone = far ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(zoneMinutes * 60);
            var time = OffsetDateTime.of(year, month, day, hour, minute, noLeap, nanos, zone);
            return Optional.of(far ? time.minusMinutes(zoneMinutes) : time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number is a time when a colon follows, else a day, a month in figures, or a year. */
    private boolean number() {
        int from = at;
        int value = digits();
        int length = at - from;
        char next = at < text.length() ? text.charAt(at) : ' ';
        if (next == ':' && length <= 2 && hour == UNSET) {
            return time(value);
        }
        if (length > 4) {
            return year != UNSET && hour != UNSET; // a compact form, or nothing that matters
        }
        if (length == 4 && year == UNSET) {
            year = value;
            return (next != '-' && next != '/') || day != UNSET || isoDate(next);
        }
        if (length <= 2 && day == UNSET) {
            day = value;
        } else if (length <= 2 && month == UNSET) {
            return monthInFigures(value, from);
        } else if (year == UNSET) {
            year = fullYear(value, length);
        }
        return true;
    }

    /** RFC 3339 §5.6: month and day follow. */
    private boolean isoDate(char separator) {
        at++;
        int from = at;
        month = digits();
        if (at - from < 1 || at - from > 2 || at >= text.length() || text.charAt(at) != separator) {
            return false;
        }
        from = ++at;
        day = digits();
        if (at < text.length() && (text.charAt(at) == 'T' || text.charAt(at) == 't')) {
            at++;
        }
        return at - from >= 1;
    }

    /** After the day, where a slash before the number leaves open which is which unless one is no month. */
    private boolean monthInFigures(int value, int from) {
        boolean slash = from > 0 && text.charAt(from - 1) == '/';
        if (slash && value <= 12 && day <= 12 && value != day) {
            return false;
        }
        month = value;
        if (slash && value > 12) {
            month = day;
            day = value;
        }
        return true;
    }

    /** RFC 5322 §4.3. */
    private static int fullYear(int value, int length) {
        if (length == 3) {
            return value + 1900;
        }
        return length > 2 ? value : value < 50 ? value + 2000 : value + 1900;
    }

    private boolean time(int hours) {
        hour = hours;
        at++;
        int from = at;
        minute = digits();
        boolean readable = at > from && at - from <= 2;
        if (at + 1 < text.length() && text.charAt(at) == ':' && isDigit(text.charAt(at + 1))) {
            from = ++at;
            second = digits();
            readable &= at - from <= 2;
            if (at + 1 < text.length() && ".,".indexOf(text.charAt(at)) >= 0 && isDigit(text.charAt(at + 1))) {
                at++;
                fraction();
            }
        }
        return readable;
    }

    private void fraction() {
        int unit = 100_000_000;
        while (at < text.length() && isDigit(text.charAt(at))) {
            nanos += (text.charAt(at++) - '0') * unit;
            unit /= 10;
        }
    }

    /** {@code +0200}, {@code +02:00}, {@code +530}, {@code +2}. */
    private boolean offset(int sign) {
        int from = ++at;
        int value = digits();
        int length = at - from;
        if (length == 0) {
            return true;
        }
        if (numericZone) {
            return true; // the first one wins
        }
        int hours = length <= 2 ? value : value / 100;
        int minutes = length <= 2 ? 0 : value % 100;
        if (length <= 2 && at < text.length() && text.charAt(at) == ':') {
            at++;
            minutes = digits();
        }
        numericZone = true;
        zoneMinutes = sign * (hours * 60 + minutes);
        return length <= 4 && minutes < 60;
    }

    private void word() {
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        var word = text.substring(from, at);
        int named = month == UNSET ? DateTime.month(word) : 0;
        if (named > 0) {
            month = named;
        } else if (hour != UNSET && (word.equalsIgnoreCase("AM") || word.equalsIgnoreCase("PM"))) {
            halves = true;
            afternoon = word.charAt(0) == 'P' || word.charAt(0) == 'p';
        } else if (hour != UNSET && !numericZone && !DateTime.isDay(word)) {
            zone(word);
        }
    }

    /** RFC 5322 §4.3; of other names nobody knows what their writers meant, and they are UTC. */
    private void zone(String word) {
        int known = switch (word.toUpperCase(Locale.ROOT)) {
            case "EDT" -> -4;
            case "EST", "CDT" -> -5;
            case "CST", "MDT" -> -6;
            case "MST", "PDT" -> -7;
            case "PST" -> -8;
            default -> 0;
        };
        if (known == 0) {
            return;
        }
        zoneMinutes = known * 60;
        if (at < text.length() && isDigit(text.charAt(at))) { // EST5EDT
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
        }
    }

    /** The number that begins here, or one too large for anything. */
    private int digits() {
        int value = 0;
        while (at < text.length() && isDigit(text.charAt(at))) {
            value = Math.min(value * 10 + (text.charAt(at++) - '0'), 1_000_000);
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
