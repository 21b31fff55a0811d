package org.merpati.lib.mime.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2152; the first three are its own examples. */
class Utf7Test {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "A+ImIDkQ.|A≢Α.",
                "Hi Mom -+Jjo--!|Hi Mom -☺-!",
                "+ZeVnLIqe-|日本語",
                "+-|+",
                "1+-1|1+1",
                "+AOQ|ä",
                "+AOQ b|ä b",
                "+2D3eAA-|\uD83D\uDE00",
                "1 + 1|1 + 1",
                "a+|a+",
                "+!|+!",
                "+2D0-x|\uFFFDx",
                "+3gA-x|\uFFFDx",
                "+2D0|\uFFFD",
                "+AA-|",
                "a\u00e9b|a\uFFFDb",
                "+2D0\u00e9|\uFFFD\uFFFD"
            })
    void reads(String wire, String text) {
        assertThat(new String(wire.getBytes(StandardCharsets.ISO_8859_1), Utf7.CHARSET))
                .isEqualTo(text == null ? "" : text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"日本語|+ZeVnLIqe-", "a+b|a+-b", "ä+b|+AOQAKw-b", "a=b|a+AD0-b", "😀|+2D3eAA-", "ä-|+AOQ--"})
    void writes(String text, String wire) {
        assertThat(new String(text.getBytes(Utf7.CHARSET), StandardCharsets.US_ASCII))
                .isEqualTo(wire);
    }

    @Test
    void everyTextSurvivesARoundTrip() {
        var random = new Random(7);
        for (int round = 0; round < 5000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int point = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000);
                text.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? '+' : point);
            }
            var wire = text.toString().getBytes(Utf7.CHARSET);
            assertThat(new String(wire, Utf7.CHARSET)).isEqualTo(text.toString());
        }
    }
}
