package org.merpati.core.api.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org",
        "münchen.example, xn--mnchen-3ya.example",
        "MÜNCHEN.example, xn--mnchen-3ya.example",
        "xn--MNCHEN-3YA.example, xn--mnchen-3ya.example",
        "straße.example, xn--strae-oqa.example",
        "strasse.example, strasse.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "βόλος.com, xn--nxasmm1c.com",
        "ලංකා.example, xn--fzc2c9e2c.example",
        "a-b.c1.example, a-b.c1.example",
    })
    void domainsAreComparedAsALabels(String name, String key) {
        assertThat(EmailAddress.domainKey(name)).contains(key);
        assertThat(EmailAddress.domainKey(key)).contains(key);
    }

    @Test
    void theSameLetterInTwoFormsIsOne() {
        assertThat(EmailAddress.domainKey("mu\u0308nchen.example"))
                .isEqualTo(EmailAddress.domainKey("münchen.example"));
        assertThat(new EmailAddress("Zoe\u0308", "example.org")).isEqualTo(new EmailAddress("zoë", "example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "example.org.",
                "-a.example",
                "a-.example",
                "a_b.example",
                "a b.example",
                "☃.example",
                "ｆｕｌｌ.example",
                "\u0301a.example",
                "ab--ü.example",
                "a\u202eb.example",
                "a\u0000.example",
                "[192.0.2.1]",
            })
    void otherTextIsNoDomain(String name) {
        assertThat(EmailAddress.domainKey(name)).isEmpty();
    }

    @Test
    void longNamesAreNoDomains() {
        assertThat(EmailAddress.domainKey("a".repeat(63) + ".example")).isPresent();
        assertThat(EmailAddress.domainKey("a".repeat(64) + ".example")).isEmpty();
        assertThat(EmailAddress.domainKey("ü".repeat(63) + ".example")).isEmpty();
        assertThat(EmailAddress.domainKey("a.".repeat(127))).isEmpty();
        assertThat(EmailAddress.domainKey("ü".repeat(1_000_000))).isEmpty();
    }

    @Test
    void peopleSeeULabels() {
        assertThat(new EmailAddress("zoë", "xn--mnchen-3ya.example").shown()).isEqualTo("zoë@münchen.example");
        assertThat(new EmailAddress("zoe", "xn--n3h.example").shown()).isEqualTo("zoe@xn--n3h.example");
        assertThat(new EmailAddress("zoe", "xn--99999999.example").shown()).isEqualTo("zoe@xn--99999999.example");
    }

    @Test
    void localPartsMayBeInAnyScript() {
        var address = EmailAddress.parse("用户@例え.テスト").orElseThrow();
        assertThat(address.localPart()).isEqualTo("用户");
        assertThat(address.needsUtf8()).isTrue();
        assertThat(EmailAddress.parse("Ann@münchen.example").orElseThrow().needsUtf8())
                .isFalse();
    }

    @Test
    void localPartsAreMeasuredInOctets() {
        assertThat(new EmailAddress("ü".repeat(32), "example.org").localPart()).hasSize(32);
        assertThatThrownBy(() -> new EmailAddress("ü".repeat(33), "example.org"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 octets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\tb", "a\u00a0b", "a\u0085b", "a\u202eb", "a\u2028b", "a\ud800"})
    void localPartsAreVisible(String localPart) {
        assertThat(EmailAddress.parse(localPart + "@example.org")).isEmpty();
    }
}
