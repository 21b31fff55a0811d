package org.merpati.lib.jmap.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader(new JsonLimits(1000, 5, 50));

    private JsonNode read(String text) throws IOException, JsonSyntaxException {
        return reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,-2.5,true,false,null,\"x\"],\"b\":{\"c\":12345678901234567890}}",
                "\"\\u00e9 \\ud83d\\udd4a\"",
                "9007199254740993",
                "[[[[[]]]]]"
            })
    void whatIsReadIsWrittenAgainWithTheSameMeaning(String text) throws Exception {
        var tree = read(text);
        var again = reader.read(new ByteArrayInputStream(JsonWriter.bytes(tree)));
        assertThat(again).isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "NaN",
                "1e999",
                "[1] 2",
                "// x\n1",
                "\"\\ud83d\"",
                "\"\\udd4a\\ud83d\"",
                "{\"\\ud800\":1}",
                "[[[[[[]]]]]]"
            })
    void whatIsNoStrictJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] utf16 = "[1]".getBytes(StandardCharsets.UTF_16BE);
        byte[] latin1 = {'"', (byte) 0xe9, '"'};
        assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(utf16))).isInstanceOf(JsonSyntaxException.class);
        assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(latin1))).isInstanceOf(JsonSyntaxException.class);
    }

    @Test
    void theMessageSaysWhere() {
        assertThatThrownBy(() -> read("[1,\n 2,,]")).hasMessageContaining("line 2");
    }

    @Test
    void tooManyOctetsAreNotReadToTheEnd() {
        var body = new ByteArrayInputStream(("\"" + "x".repeat(100_000) + "\"").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> reader.read(body)).isInstanceOf(JsonTooLargeException.class);
        assertThat(body.available()).isGreaterThan(50_000);
    }

    @Test
    void tooManyValuesAreRefusedHoweverShort() {
        assertThatThrownBy(() -> read("[" + "{},".repeat(40) + "{}]")).isInstanceOf(JsonTooLargeException.class);
    }

    @Test
    void nestingStopsBeforeTheStackDoes() {
        var deep = new JsonReader(new JsonLimits(10_000_000, 100, 500_000));
        var text = "[".repeat(200_000);
        assertThatThrownBy(() -> deep.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("deeper than 100");
    }
}
