package org.merpati.web.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a b.eml | attachment; filename=\"a b.eml\"",
                "../../etc/passwd | attachment; filename=\"_.._etc_passwd\"",
                ".bashrc | attachment; filename=\"bashrc\"",
                "a\"b.txt | attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt",
                "100%.txt | attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt",
                "grüße.eml | attachment; filename=\"gr__e.eml\"; filename*=UTF-8''gr%C3%BC%C3%9Fe.eml",
                "🕊.eml | attachment; filename=\"_.eml\"; filename*=UTF-8''%F0%9F%95%8A.eml",
                "\u202Efdp.exe | attachment; filename=\"fdp.exe\"",
                "C:\\x | attachment; filename=\"C__x\"",
                ".. | attachment; filename=\"download\"",
                "`` | attachment; filename=\"download\""
            })
    void aNameStaysInsideItsHeaderAndItsFolder(String name, String header) {
        assertThat(ContentDisposition.attachment(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({"13", "10", "0", "127", "133"})
    void controlCharactersAreLeftOut(int control) {
        assertThat(ContentDisposition.attachment("a" + (char) control + "b")).isEqualTo("attachment; filename=\"ab\"");
    }
}
