package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeaderFilterTest {
    private static String filter(String header, boolean not, String... names) throws IOException {
        var in = new ByteArrayInputStream(header.getBytes(StandardCharsets.ISO_8859_1));
        return new String(new HeaderFilter(List.of(names), not).read(in), StandardCharsets.ISO_8859_1);
    }

    private static final String HEADER =
            "Received: a\r\n\tb\r\nSubject: one\r\nFrom : x\r\nno field\r\n still none\r\nsubject: two\r\n three\r\n\r\n";

    @Test
    void fieldsComeWithTheirFoldsInTheirOrder() throws IOException {
        assertThat(filter(HEADER, false, "SUBJECT", "from"))
                .isEqualTo("Subject: one\r\nFrom : x\r\nsubject: two\r\n three\r\n\r\n");
        assertThat(filter(HEADER, true, "Subject")).isEqualTo("Received: a\r\n\tb\r\nFrom : x\r\n\r\n");
        assertThat(filter(HEADER, false, "X")).isEqualTo("\r\n");
    }

    @Test
    void theEmptyLineIsThereEvenWhereTheMessageEndsInAField() throws IOException {
        assertThat(filter("Subject: one", false, "subject")).isEqualTo("Subject: one\r\n\r\n");
        assertThat(filter("", true, "subject")).isEqualTo("\r\n");
    }

    @Test
    void aHugeHeaderIsReadButOnlySoMuchIsKept() throws IOException {
        var huge = ("X-Long: " + "x".repeat(900) + "\r\n").repeat(3000) + "Subject: y\r\n\r\n";
        assertThat(filter(huge, false, "Subject")).isEqualTo("Subject: y\r\n\r\n");
        assertThatThrownBy(() -> filter(huge, true, "Subject")).isInstanceOf(HeaderFilter.TooLarge.class);
        assertThat(filter("y".repeat(3_000_000) + ": x\r\nSubject: z\r\n\r\n", false, "subject"))
                .isEqualTo("Subject: z\r\n\r\n");
    }
}
