package org.merpati.core.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NeedleTest {
    @Test
    void caseMakesNoDifference() {
        assertThat(new Needle("FÜR").isIn("etwas für dich")).isTrue();
        assertThat(new Needle("σίσυφος").isIn("ΣΊΣΥΦΟΣ")).isTrue();
        assertThat(new Needle("ОТПУСК").isIn("мой отпуск")).isTrue();
        assertThat(new Needle("x").isIn("")).isFalse();
        assertThat(new Needle("").isIn("")).isTrue();
        assertThat(new Needle("").isIn(new byte[0], 0, 0)).isTrue();
    }

    @Test
    void octetsAndCharactersGiveTheSameAnswer() {
        var random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            var text = text(random, random.nextInt(30));
            var needle = text(random, random.nextInt(5));
            boolean expected = text.toLowerCase(Locale.ROOT).contains(needle.toLowerCase(Locale.ROOT));
            byte[] octets = ("AB" + text + "ABAB").getBytes(StandardCharsets.US_ASCII);
            assertThat(new Needle(needle).isIn(text)).as(text + "/" + needle).isEqualTo(expected);
            assertThat(new Needle(needle).isIn(octets, 2, octets.length - 4))
                    .as(text + "/" + needle)
                    .isEqualTo(expected);
        }
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("aAbB@[`{ ".charAt(random.nextInt(9)));
        }
        return text.toString();
    }

    /** RFC 5051 §2. */
    @Test
    void textsAreSortedByTitleCaseAndDecomposed() {
        assertThat(Collation.of("abc")).isEqualTo(Collation.of("ABC"));
        assertThat(Collation.of("é")).isEqualTo(Collation.of("É")).isEqualTo(Collation.of("e\u0301"));
        assertThat(Collation.of("eb")).isLessThan(Collation.of("Éa"));
        assertThat(Collation.of("")).isLessThan(Collation.of("a"));
        assertThat(Collation.of("z")).isLessThan(Collation.of("я"));
    }
}
