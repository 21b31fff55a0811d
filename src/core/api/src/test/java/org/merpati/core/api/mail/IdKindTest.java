package org.merpati.core.api.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdKindTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 500, 1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void anIdIsReadAsTheNumberItWasMadeOf(long number) {
        for (var kind : IdKind.values()) {
            assertThat(kind.parse(kind.id(number))).hasValue(number);
        }
    }

    @Test
    void idsAreALetterAndBase32() {
        assertThat(IdKind.EMAIL.id(0)).isEqualTo("ea");
        assertThat(IdKind.MAILBOX.id(31)).isEqualTo("m7");
        assertThat(IdKind.ACCOUNT.id(32)).isEqualTo("aba");
        assertThat(IdKind.THREAD.id(Long.MAX_VALUE)).hasSize(14);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e",
                "eA",
                "EA",
                "eab", // a leading zero
                "e1",
                "e b",
                "e-b",
                "mb", // another kind
                "e7777777777777", // 65 bits
                "ebaaaaaaaaaaaaa",
                "eé"
            })
    void noOtherFormIsAccepted(String id) {
        assertThat(IdKind.EMAIL.parse(id)).isEmpty();
    }

    @Test
    void negativeNumbersHaveNoId() {
        assertThatThrownBy(() -> IdKind.EMAIL.id(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdIsReadOnlyInTheFormItIsWritten() {
        var random = new Random(8474);
        for (int i = 0; i < 200_000; i++) {
            var id = new StringBuilder().append("abemtx".charAt(random.nextInt(6)));
            for (int length = random.nextInt(15); length > 0; length--) {
                id.append("aab7zA1-".charAt(random.nextInt(8)));
            }
            for (var kind : IdKind.values()) {
                kind.parse(id.toString())
                        .ifPresent(number -> assertThat(kind.id(number)).isEqualTo(id.toString()));
            }
        }
    }
}
