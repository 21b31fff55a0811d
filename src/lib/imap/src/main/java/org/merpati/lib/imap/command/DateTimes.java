package org.merpati.lib.imap.command;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * date-time (RFC 3501 §9). Leniency: a day of one digit needs no space before it. A leap second is the second before it, as
 * clocks have none.
 */
final class DateTimes {
    private static final String EXPECTED = "a date and time as \"17-Jul-1996 02:44:25 -0700\"";
    private static final Pattern FORM = Pattern.compile(
            " ?([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})");
    private static final int LONGEST = 26;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private DateTimes() {}

    /** With its quotes. */
    static Instant parse(CommandReader in) {
        int before = in.offset();
        var text = new String(in.string(), StandardCharsets.ISO_8859_1);
        var form = FORM.matcher(text.length() <= LONGEST ? text : "");
        if (!form.matches()) {
            throw new ImapSyntaxException(EXPECTED, before);
        }
        int second = number(form.group(6));
        int minutes = number(form.group(9));
        if (second > 60 || minutes > 59) {
            throw new ImapSyntaxException(EXPECTED, before);
        }
        try {
            int zone = (number(form.group(8)) * 60 + minutes) * 60;
            return LocalDateTime.of(
                            number(form.group(3)),
                            MONTHS.indexOf(form.group(2).toLowerCase(Locale.ROOT)) + 1,
                            number(form.group(1)),
                            number(form.group(4)),
                            number(form.group(5)),
                            Math.min(second, 59))
                    .toInstant(ZoneOffset.ofTotalSeconds(form.group(7).equals("-") ? -zone : zone));
        } catch (DateTimeException e) {
            throw new ImapSyntaxException(EXPECTED, before);
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
