package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnstructuredTest {
    /** The signs stand for CRLF and LF. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " a b |a b",
                " a⏎ b⏎|a b",
                " a ⏎\t b⏎|a \t b",
                "a␊ b␊|a b",
                "a␊ ␊ b␊|a  b",
                "a  b|a  b",
                " =?utf-8?q?a_?=⏎ =?utf-8?q?b?=⏎|a b",
                "x⏎ =?utf-8?q?a?=⏎ y|x a y",
                "=?utf-8?b?w6⏎ k=?=|é",
                "=?utf-8?q?a⏎ _b?=|a b",
                "=?utf-8?q?a=0D=0Ab=00c=7F?=|abc"
            })
    void isUnfoldedAndDecoded(String body, String text) {
        assertThat(Unstructured.decode(body.replace("⏎", "\r\n").replace("␊", "\n")))
                .isEqualTo(text);
    }

    @Test
    void aWordMayHaveManyCharsetsBesideIt() {
        assertThat(Unstructured.decode("=?utf-8?q?=C3?= =?iso-8859-1?q?=E9?= =?koi8-r?b?wQ?="))
                .isEqualTo("\ufffdéа");
    }
}
