package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5322 §3.3 and §4.3, and what else stands in Date fields. */
class DateTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 21 Nov 1997 09:55:06 -0600|1997-11-21T09:55:06-06:00",
                "21 Nov 1997 09:55 -0600|1997-11-21T09:55:00-06:00",
                "Fri,21 Nov 1997 09:55:06-0600|1997-11-21T09:55:06-06:00",
                "Fri 21 Nov 1997 09:55:06 -0600|1997-11-21T09:55:06-06:00",
                "friday, 21 november 1997 09:55:06 -0600|1997-11-21T09:55:06-06:00",
                "21 Nov 97 09:55:06 GMT|1997-11-21T09:55:06Z",
                "21 Nov 49 09:55:06 GMT|2049-11-21T09:55:06Z",
                "21 Nov 50 09:55:06 GMT|1950-11-21T09:55:06Z",
                "21 Nov 103 09:55:06 GMT|2003-11-21T09:55:06Z",
                "21 Nov 1997 09:55:06|1997-11-21T09:55:06Z",
                "21 Nov 1997 09:55:06 EST|1997-11-21T09:55:06-05:00",
                "21 Nov 1997 09:55:06 pdt|1997-11-21T09:55:06-07:00",
                "21 Nov 1997 09:55:06 Z|1997-11-21T09:55:06Z",
                "21 Nov 1997 09:55:06 K|1997-11-21T09:55:06Z",
                "21 Nov 1997 09:55:06 XYZT|1997-11-21T09:55:06Z",
                "21 Nov 1997 09:55:06 EST5EDT|1997-11-21T09:55:06-05:00",
                "21 Nov 1997 09:55:06 GMT+0200|1997-11-21T09:55:06+02:00",
                "21 Nov 1997 09:55:06 UTC-5|1997-11-21T09:55:06-05:00",
                "21 Nov 1997 09:55:06 +02:30|1997-11-21T09:55:06+02:30",
                "21 Nov 1997 09:55:06 +530|1997-11-21T09:55:06+05:30",
                "21 Nov 1997 09:55:06 +0200 (CEST)|1997-11-21T09:55:06+02:00",
                "21 Nov 1997 09:55:06 -0800 PST|1997-11-21T09:55:06-08:00",
                "21 (x) Nov ((y) z) 1997 09:55:06 +0000|1997-11-21T09:55:06Z",
                "Fri Nov 21 09:55:06 1997|1997-11-21T09:55:06Z",
                "Fri Nov  7 09:55:06 EST 1997|1997-11-07T09:55:06-05:00",
                "Fri Nov 21 09:55:06 1997 -0800|1997-11-21T09:55:06-08:00",
                "Nov 21, 1997 9:55:06 PM|1997-11-21T21:55:06Z",
                "Nov 21, 1997 12:05 am -0500|1997-11-21T00:05:00-05:00",
                "Nov 21, 1997 12:05 PM|1997-11-21T12:05:00Z",
                "Friday, 21-Nov-97 09:55:06 GMT|1997-11-21T09:55:06Z",
                "09:55:06 21-Nov-1997|1997-11-21T09:55:06Z",
                "1997-11-21T09:55:06Z|1997-11-21T09:55:06Z",
                "1997-11-21T09:55:06.5+02:00|1997-11-21T09:55:06.5+02:00",
                "1997-11-21 09:55:06 -0600|1997-11-21T09:55:06-06:00",
                "1997/11/21 09:55|1997-11-21T09:55:00Z",
                "21.11.1997 09:55|1997-11-21T09:55:00Z",
                "21/11/1997 09:55|1997-11-21T09:55:00Z",
                "11/21/1997 09:55|1997-11-21T09:55:00Z",
                "21 Nov 1997 23:59:60 +0000|1997-11-21T23:59:59Z",
                "from x by y; 21 Nov 1997 09:55:06 -0600|1997-11-21T09:55:06-06:00"
            })
    void isRead(String body, String time) {
        assertThat(DateTime.parse(body)).contains(OffsetDateTime.parse(time));
    }

    /** RFC 5322 §3.3 lets them. */
    @Test
    void zonesBeyondThoseOfTheEarthNameTheSameMomentInUtc() {
        assertThat(DateTime.parse("Thu, 22 Aug 2002 16:44:26 -1900"))
                .contains(OffsetDateTime.parse("2002-08-23T11:44:26Z"));
        assertThat(DateTime.parse("21 Nov 1997 09:55:06 +9900")).contains(OffsetDateTime.parse("1997-11-17T06:55:06Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "21 Nov 1997",
                "09:55:06",
                "31 Feb 1997 09:55:06",
                "0 Nov 1997 09:55:06",
                "32 Nov 1997 09:55:06",
                "21 Nov 1997 24:55:06",
                "21 Nov 1997 09:60:06",
                "21 Nov 1997 09:55:61",
                "21 Nov 1997 09:55:06 +1960",
                "21 Nov 1997 13:05 PM",
                "21 Foo 1997 09:55:06",
                "07/08/1997 09:55",
                "1997-13-21 09:55",
                "1997-11 09:55",
                "21 Nov 19970 09:55:06",
                "99999999999999999999 Nov 1997 09:55",
                "::::",
                "+",
                "-",
                "21 Nov 1997 :",
                "1997-",
                "1997-11-"
            })
    void isNone(String body) {
        assertThat(DateTime.parse(body)).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var random = new Random(33);
        for (int i = 0; i < 5000; i++) {
            var zone = ZoneOffset.ofTotalSeconds((random.nextInt(2 * 18 * 60 + 1) - 18 * 60) * 60);
            var time = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, zone).plusSeconds(random.nextInt());

            assertThat(DateTime.parse(DateTime.format(time))).contains(time);
        }
    }

    @Test
    void isWrittenAsRfc5322Says() {
        assertThat(DateTime.format(OffsetDateTime.parse("1997-11-21T09:05:06-03:30")))
                .isEqualTo("Fri, 21 Nov 1997 09:05:06 -0330");
        assertThat(DateTime.format(OffsetDateTime.parse("2026-05-03T00:00:00Z")))
                .isEqualTo("Sun, 3 May 2026 00:00:00 +0000");
    }
}
