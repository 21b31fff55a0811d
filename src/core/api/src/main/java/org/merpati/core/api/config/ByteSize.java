package org.merpati.core.api.config;

import java.util.Locale;

/** A number of octets, written {@code 50MB}, {@code 128KB}, {@code 1GB} or plain; the units are powers of 1,024. */
public record ByteSize(long octets) {
    public static ByteSize parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT).replace(" ", "");
        int digits = 0;
        while (digits < upper.length() && upper.charAt(digits) >= '0' && upper.charAt(digits) <= '9') {
            digits++;
        }
        long unit = switch (upper.substring(digits)) {
            case "", "B" -> 1L;
            case "K", "KB" -> 1L << 10;
            case "M", "MB" -> 1L << 20;
            case "G", "GB" -> 1L << 30;
            default -> 0;
        };
        if (digits == 0 || digits > 12 || unit == 0) {
            throw new IllegalArgumentException("a size is a number and B, KB, MB or GB");
        }
        return new ByteSize(Math.multiplyExact(Long.parseLong(upper, 0, digits, 10), unit));
    }
}
