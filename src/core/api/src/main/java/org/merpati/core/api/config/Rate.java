package org.merpati.core.api.config;

import java.time.Duration;

/** So many in that time; after as long a silence as many at once. */
public record Rate(int count, Duration period) {
    private static final Duration LONGEST = Duration.ofDays(30);

    public Rate {
        if (count < 1 || !period.isPositive() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a rate is one or more in a time of at most 30d");
        }
    }

    /** Reads {@code 300/1m}. */
    public static Rate parse(String text) {
        if (!text.matches("[0-9]{1,9}/.*")) {
            throw new IllegalArgumentException("a rate is a number, / and a duration: 300/1m");
        }
        int slash = text.indexOf('/');
        return new Rate(Integer.parseInt(text, 0, slash, 10), Settings.duration(text.substring(slash + 1)));
    }
}
