package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much of what could make a parser look at everything again for each character; the bound is for the slowest machine. */
class HostileFieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "()",
                "((",
                "(\\",
                "\"",
                "\\\"",
                "\"\\",
                "<",
                "<<",
                "<\"",
                ">",
                "<>",
                "<a",
                "<a,",
                "<@a:",
                ":",
                "a:",
                "a: b;",
                ";",
                ";;",
                ",",
                "a,",
                "a ",
                " ",
                "\t",
                "\r\n ",
                "\r\n",
                "@",
                "a@",
                "a@b ",
                "a@b, ",
                ".",
                " . ",
                "[",
                "[a",
                "=",
                "=?",
                "=?a?q?",
                "=?a?b?x",
                "=?utf-8?q?a?= ",
                "=?utf-8?q?a?=,",
                ";a=",
                ";a=(",
                ";a= (",
                ";a= b",
                ";a=\"",
                ";a*0=",
                ";a*0*=",
                ";a*0*=%",
                ";a*0*='",
                "a=b ",
                "a*=",
                "*",
                "a/",
                "/",
                "a /",
                "a ;",
                "1",
                "1 ",
                "1:",
                "1:1:",
                "1-",
                "+1",
                "Mon ",
                "Jan ",
                "from ",
                "from a (",
                "from a [",
                "by (",
                "with ",
                "; Mon, ",
                "%",
                "'",
                "\\",
                "é",
                "a(b",
                "a\"b",
                "(a\"",
                "\"(a",
                "<(a",
                "=?=",
                "::",
                "1.",
                "cid:"
            })
    void muchOfItIsReadInNoTime(String hostile) {
        var body = hostile.repeat(300_000 / hostile.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Address.parse(body);
            Address.parse("a " + body);
            Address.parse("\"" + body);
            Address.parse("<" + body);
            ContentType.parse(body);
            ContentType.parse("a/b;" + body);
            ContentType.parse("a/b;c=" + body);
            ContentType.parse("a/b;c=\"" + body);
            Disposition.parse(body);
            MessageIds.parse(body);
            MessageIds.parse("<" + body);
            CommaList.parse(body);
            ListField.parse(body);
            ListField.id(body);
            Received.parse(body);
            DateTime.parse(body);
            DateTime.parse("1 Jan " + body);
            Unstructured.decode(body);
            ContentId.ofUrl("cid:" + body);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,", "a:;", "a:b;", "<a>"})
    void listsHaveAnEnd(String entry) {
        assertThat(Address.parse(entry.repeat(100_000))).hasSizeLessThanOrEqualTo(20_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a>", "a "})
    void idsHaveAnEnd(String id) {
        assertThat(MessageIds.parse(id.repeat(100_000))).hasSize(10_000);
    }
}
