package org.merpati.lib.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderEndTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\r\n",
                "\r",
                "\r\r\n",
                "A: 1",
                "A: 1\r\n",
                "A: 1\r\n\r\nbody\r\n\r\n",
                "A: 1\n\nbody",
                "A: 1\r\n\nbody",
                "A: 1\n\r\nbody",
                "A\rB\r\n\r\rC\r\n\r\n",
                " \r\n\r\n"
            })
    void agreesWithTheHeaderHoweverTheBlocksAreCut(String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var header = Header.read(bytes, bytes.length);
        for (int block = 1; block <= bytes.length + 1; block++) {
            var end = new HeaderEnd();
            for (int at = 0; at < bytes.length; at += block) {
                end.next(bytes, at, Math.min(block, bytes.length - at));
            }
            assertThat(end.size()).isEqualTo(header.size());
            assertThat(end.found()).isEqualTo(header.complete());
        }
    }
}
