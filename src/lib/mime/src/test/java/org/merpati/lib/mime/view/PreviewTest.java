package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 8621 §4.1.4, preview. */
final class PreviewTest {
    @Test
    void whiteSpaceIsOneSpace() {
        assertThat(Preview.of("  Hello\r\n\r\n\tAlice,\u00a0how\u2003are you?\r\n"))
                .isEqualTo("Hello Alice, how are you?");
        assertThat(Preview.of("")).isEmpty();
    }

    @Test
    void quotesTheirAnnouncementAndSignaturesAreLeftOut() {
        assertThat(Preview.of("On Monday Bob wrote:\n> Lunch?\n> Noon?\n\nYes: at one.\n-- \nAlice\n"))
                .isEqualTo("Yes: at one.");
    }

    @Test
    void whatIsAllQuoteIsShown() {
        assertThat(Preview.of("> Lunch?\n>\n> Noon?\n")).isEqualTo("Lunch? Noon?");
        assertThat(Preview.of("-- \nAlice")).isEqualTo("-- Alice");
    }

    @Test
    void itHasAtMost256Characters() {
        assertThat(Preview.of("word ".repeat(100))).hasSize(255).endsWith("word…");
        assertThat(Preview.of("x".repeat(256))).isEqualTo("x".repeat(256));
        assertThat(Preview.of("x".repeat(257))).isEqualTo("x".repeat(255) + "…");
        assertThat(Preview.of("😀".repeat(300))).isEqualTo("😀".repeat(127) + "…");
        assertThat(Preview.of("x" + "😀".repeat(300))).isEqualTo("x" + "😀".repeat(127) + "…");
    }

    @Test
    void whatShowsNothingIsLeftOut() {
        assertThat(Preview.of("Sale\u200b\u034f\u200c\ufeff\u00ad \u200c \u200c now\0\u0007\ud800"))
                .isEqualTo("Sale now");
    }

    @Test
    void htmlGivesItsHiddenBeginningAndNoAddresses() {
        assertThat(Preview.ofHtml("<style>a{}</style><div style='display:none'>Today only</div>"
                        + "<p>All <a href='https://example.org/x'>shoes</a><hr>cheap"))
                .isEqualTo("Today only All shoes cheap");
    }
}
