package org.merpati.lib.mime.charset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModifiedUtf7Test {
    /** The first is RFC 3501 §5.1.3's own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~peter/mail/&U,BTFw-/&ZeVnLIqe-|~peter/mail/台北/日本語",
                "&-|&",
                "a&-b&AOQ-|a&bä",
                "&2D3eAA-|\uD83D\uDE00",
                "plain name|plain name"
            })
    void namesAreTheSameBothWays(String wire, String name) {
        assertThat(ModifiedUtf7.decode(wire)).isEqualTo(name);
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
    }

    /** RFC 3501 §5.1.3: printable ASCII in a shift, superfluous shifts, and what no encoder writes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "&",
                "&AOQ",
                "&AOQ=-",
                "&AO-",
                "&A-",
                "&AEE-",
                "&AOQ-&AOQ-",
                "&2D0-",
                "&3gA-",
                "&AOR-",
                "&U/BT-",
                "ä",
                "a\tb",
                "&!-"
            })
    void whatIsNoneIsRefused(String wire) {
        assertThatThrownBy(() -> ModifiedUtf7.decode(wire)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyNameSurvivesARoundTrip() {
        var random = new Random(3);
        for (int round = 0; round < 5000; round++) {
            var name = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int point = random.nextBoolean() ? 0x20 + random.nextInt(0x5f) : random.nextInt(0x110000);
                name.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? '&' : point);
            }
            var wire = ModifiedUtf7.encode(name.toString());
            assertThat(wire).matches("[ -~]*");
            assertThat(ModifiedUtf7.decode(wire)).isEqualTo(name.toString());
        }
    }
}
