package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5256 §2.1, §5. */
final class ThreadSubjectTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Lunch|Lunch|false",
                "'  Lunch\t at \r\n noon '|Lunch at noon|false",
                "Re: Lunch|Lunch|true",
                "RE : fw: FWD:Lunch|Lunch|true",
                "Re[2]: Lunch|Lunch|true",
                "re [ann] : Lunch|Lunch|true",
                "Re: [list] Re: Lunch|Lunch|true",
                "[list] Lunch|Lunch|false",
                "[list] [PATCH 1/2] Lunch|Lunch|false",
                "[list][tag] re: [x]Lunch (fwd) (FWD) |Lunch|true",
                "Lunch (fwd)|Lunch|true",
                "[fwd: Lunch]|Lunch|true",
                "[Fwd: Re: [Fwd: [list] Lunch (fwd)]]|Lunch|true",
                "[list] [fwd: Lunch]|Lunch|true",
                "[only]|[only]|false",
                "[a] [b]|[b]|false",
                "Re: [a]|[a]|true",
                "Reply: Lunch|Reply: Lunch|false",
                "Re Lunch|Re Lunch|false",
                "[open Lunch|[open Lunch|false",
                "[[a]] Lunch|[[a]] Lunch|false",
                "Lunch [a]|Lunch [a]|false",
                "AW: Lunch|AW: Lunch|false",
                "fwd:|''|true",
                "(fwd)|''|true",
                "' '|''|false",
                "''|''|false",
            })
    void theBaseIsWhatRemains(String subject, String base, boolean replyOrForward) {
        assertThat(ThreadSubject.of(subject)).isEqualTo(new ThreadSubject(base, replyOrForward));
    }

    static Stream<String> hostile() {
        int n = 1 << 20;
        return Stream.of(
                "re: ".repeat(n / 4) + "x",
                "[a]".repeat(n / 3),
                "[a]".repeat(n / 3) + "x",
                "[a][a]re:".repeat(n / 9) + "x",
                "[".repeat(n),
                "re[".repeat(n / 3),
                "re [aaa".repeat(n / 7),
                "[fwd:".repeat(n / 6) + "]".repeat(n / 6),
                "[fwd:[a]".repeat(n / 9) + "]".repeat(n / 9),
                "[fwd: (fwd) ".repeat(n / 20) + "(fwd)]".repeat(n / 20),
                "x" + " (fwd)".repeat(n / 6),
                "re ".repeat(n / 3),
                " \t\n".repeat(n / 3));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(5)
    void aHostileSubjectIsReadOnce(String subject) {
        assertThat(ThreadSubject.of(subject).base().length()).isLessThanOrEqualTo(subject.length());
    }

    @Test
    void theBaseOfABaseIsItself() {
        var base = ThreadSubject.of("Re: [list] [Fwd: x [a] (fwd)]").base();
        assertThat(ThreadSubject.of(base)).isEqualTo(new ThreadSubject(base, false));
    }
}
