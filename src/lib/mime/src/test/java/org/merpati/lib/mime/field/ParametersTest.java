package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2045 §5.1, RFC 2183, RFC 2231; more samples are read by check/conformance. */
class ParametersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "; name=a.txt|a.txt",
                ";name = \"a b.txt\" (why)|a b.txt",
                ";NAME=a.txt;name=b.txt|a.txt",
                ";name=a b.txt|a b.txt",
                ";name=a(1).txt|a(1).txt",
                ";name=a (1).txt|a (1).txt",
                ";name=a.txt (comment)|a.txt",
                ";name=a.txt size=3|a.txt",
                ";name=\"a\\\"b\\\\.txt\"|a\"b\\.txt",
                ";name=\"a.txt|a.txt",
                ";name=\"\"|",
                ";name=\"=?utf-8?q?=C3=A9?=.txt\"|é.txt",
                ";name==?utf-8?q?=C3=A9?=.txt|é.txt",
                ";name*=utf-8''%C3%A9.txt|é.txt",
                ";name*=utf-8'fr'%C3%A9.txt;name=e.txt|é.txt",
                ";name=e.txt;name*=utf-8''%C3%A9.txt|é.txt",
                ";name*=iso-8859-1''%E9.txt|é.txt",
                ";name*=\"utf-8''%C3%A9.txt\"|é.txt",
                ";name*=%C3%A9.txt|é.txt",
                ";name*=utf-8''100%.txt|100%.txt",
                ";name*=it's|it's",
                ";name*0=a;name*1=b;name*2=.txt|ab.txt",
                ";name*2=.txt;name*0=a;name*1=b|ab.txt",
                ";name*0*=utf-8''%F0%9F;name*1*=%98%80.txt|😀.txt",
                ";name*1*=%98%80.txt;name*0*=utf-8''%F0%9F|😀.txt",
                ";name*0*=utf-8''%C3%A9;name*1=%41;name*2*=%C3%A9|é%41é",
                ";name*0=a;name*0=b;name*1=c|ac",
                ";name*1=b;name*7=c|bc",
                ";name*0=\"=?utf-8?q?=C3=A9\";name*1=\"?=.txt\"|é.txt",
                ";name*0*=utf-8''a;name=b|a",
                ";;;  ;= ; =x;;name=a|a",
                ";junk; more junk; name=a|a",
                ";junk name=a|a"
            })
    void aValueIsRead(String parameters, String value) {
        assertThat(Parameters.parse(parameters).get("name")).contains(value == null ? "" : value);
    }

    @Test
    void theyComeInTheirOrder() {
        assertThat(Parameters.parse("; b=1; a=2; b=3; C*0=x; d=; c*1=y").all())
                .extracting(p -> p.name() + "=" + p.value())
                .containsExactly("b=1", "a=2", "c=xy");
    }

    @Test
    void thereIsAnEndToThem() {
        var many = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.append(";a").append(i).append("=1");
        }

        assertThat(Parameters.parse(many.toString()).all()).hasSize(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|text/html",
                "TEXT/HTML; charset=x|text/html",
                "text / html ; charset=x|text/html",
                "(a) text (b) / (c) html (d)|text/html",
                "text/html charset=x|text/html",
                "text/|text/plain",
                "/html|text/plain",
                "text|text/plain",
                "; charset=x|text/plain",
                "multipart/x-y/z|multipart/x-y/z"
            })
    void aTypeIsRead(String body, String type) {
        var read = ContentType.parse(body);

        assertThat(read.mediaType()).isEqualTo(type);
        assertThat(read.parameters().get("charset").isPresent()).isEqualTo(body.contains("charset"));
    }

    @Test
    void anEmptyFieldIsPlainText() {
        assertThat(ContentType.parse("")).isEqualTo(ContentType.TEXT_PLAIN);
        assertThat(ContentType.parse("\r\n text/plain\r\n")).isEqualTo(ContentType.TEXT_PLAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=a|attachment|a",
                "INLINE; filename=a|inline|a",
                "inline filename=a|inline|a",
                "; filename=a|attachment|a",
                "x-odd|x-odd|",
                "(c) inline (d);filename=a (e)|inline|a"
            })
    void aDispositionIsRead(String body, String kind, String fileName) {
        var read = Disposition.parse(body);

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.parameters().get("filename").orElse(null)).isEqualTo(fileName);
    }
}
