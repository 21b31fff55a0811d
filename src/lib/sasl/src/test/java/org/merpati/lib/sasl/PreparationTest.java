package org.merpati.lib.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparationTest {
    /** RFC 4013 §3. */
    @Test
    void theExamplesOfTheStandardComeOutAsItSays() {
        assertThat(Preparation.stored("I\u00ADX")).contains("IX");
        assertThat(Preparation.stored("user")).contains("user");
        assertThat(Preparation.stored("USER")).contains("USER");
        assertThat(Preparation.stored("\u00AA")).contains("a");
        assertThat(Preparation.stored("\u2168")).contains("IX");
        assertThat(Preparation.stored("\u0007")).isEmpty();
        assertThat(Preparation.stored("\u06271")).isEmpty();
    }

    @Test
    void spacesOfOtherKindsBecomeASpace() {
        assertThat(Preparation.query("a\u00A0b\u3000c")).contains("a b c");
    }

    @Test
    void nothingIsNoNameAndNoPassword() {
        assertThat(Preparation.query("")).isEmpty();
        assertThat(Preparation.query("\u00AD")).isEmpty();
    }

    @Test
    void whatUnicode32DoesNotKnowMayBePresentedButNotKept() {
        assertThat(Preparation.query("\u0221x")).contains("\u0221x");
        assertThat(Preparation.stored("\u0221x")).isEmpty();
    }

    @Test
    void halfASurrogatePairIsNoName() {
        assertThat(Preparation.query("\uD800")).isEmpty();
    }
}
