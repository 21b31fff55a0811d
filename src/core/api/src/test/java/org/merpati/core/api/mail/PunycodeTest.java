package org.merpati.core.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
    /** Samples of RFC 3492 §7.1. */
    @ParameterizedTest
    @CsvSource({
        "ليهمابتكلموشعربي؟, egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, ihqwcrb4cv8a8dqg056pqjye",
        "他們爲什麽不說中文, ihqwctvzc91f659drss3x8bo0yb",
        "почемужеонинеговорятпорусски, b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年b組金八先生, 3b-ww4c5e180e575a65lsy2b",
        "ひとつ屋根の下2, 2-u9tlzr9756bt3uc0v",
    })
    void samplesGoBothWays(String text, String encoded) {
        assertThat(Punycode.encode(text)).isEqualTo(encoded);
        assertThat(Punycode.decode(encoded)).contains(text);
    }

    @Test
    void anyTextComesBack() {
        var random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            var text = random.ints(1 + random.nextInt(20), 0x20, 0x1_0ffff)
                    .map(c -> c >= 0xd800 && c <= 0xdfff ? 'x' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(Punycode.decode(Punycode.encode(text))).contains(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a-é", "99999999", "zzzzzzzzzzzzzzzzz", "a-9", "!", "a-!"})
    void garbageIsNoText(String encoded) {
        assertThat(Punycode.decode(encoded)).isEmpty();
    }
}
