package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** UTCDate (RFC 8620 §1.4), to the millisecond, as moments are stored. */
public final class UtcDate {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private UtcDate() {}

    /** Empty when it is none. */
    public static Optional<Instant> parse(JsonNode value) {
        return value.isTextual() ? parse(value.textValue()) : Optional.empty();
    }

    public static Optional<Instant> parse(String text) {
        if (!text.endsWith("Z") || text.indexOf('t') >= 0) {
            return Optional.empty();
        }
        try {
            var moment = Instant.parse(text);
            return moment.isBefore(FIRST) || moment.isAfter(LAST)
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(moment.toEpochMilli()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
