package org.merpati.lib.jmap.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value from a body, within limits (RFC 8259, RFC 7493). Safe for any number of threads. */
public final class JsonReader {
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 1000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonLimits limits;
    private final JsonFactory factory;

    public JsonReader(JsonLimits limits) {
        this.limits = limits;
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth() + 1) // one more than ours, whose message is the better one
                .maxNumberLength(LONGEST_NUMBER)
                .maxNameLength(LONGEST_NAME)
                .maxStringLength((int) Math.min(limits.octets(), Integer.MAX_VALUE))
                .build();
        factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // strangers' names fill no table of ours
                .build();
    }

    /**
     * The one value in the stream, which must hold nothing after it. The stream stays open.
     *
     * @throws JsonTooLargeException when a limit on size or on the number of values is passed
     * @throws JsonSyntaxException when it is no I-JSON, or nested too deep
     */
    public JsonNode read(InputStream in) throws IOException, JsonSyntaxException {
        try (var parser = factory.createParser(utf8(new BoundedInput(in, limits.octets())))) {
            var tree = new Tree(parser);
            var value = tree.value(tree.next(), 0);
            if (parser.nextToken() != null) {
                throw new JsonSyntaxException("something follows the JSON value" + at(parser.currentTokenLocation()));
            }
            return value;
        } catch (CharacterCodingException e) {
            throw new JsonSyntaxException("the body is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new JsonSyntaxException(e.getOriginalMessage() + at(e.getLocation()));
        }
    }

    /** RFC 8259 §8.1: UTF-8 and nothing else; what is none is an error, not a replacement character. */
    private static Reader utf8(InputStream in) {
        return new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** One body on its way to a tree. */
    private final class Tree {
        private final JsonParser parser;
        private int tokens;

        Tree(JsonParser parser) {
            this.parser = parser;
        }

        JsonToken next() throws IOException, JsonSyntaxException {
            if (++tokens > limits.tokens()) {
                throw new JsonTooLargeException("the body has more than " + limits.tokens() + " JSON tokens");
            }
            var token = parser.nextToken();
            if (token == null) {
                throw new JsonSyntaxException("the JSON value is not complete");
            }
            return token;
        }

        JsonNode value(JsonToken token, int depth) throws IOException, JsonSyntaxException {
            return switch (token) {
                case START_OBJECT -> object(deeper(depth));
                case START_ARRAY -> array(deeper(depth));
                case VALUE_STRING -> NODES.textNode(scalarText(parser.getText()));
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> NODES.numberNode(finite(parser.getDoubleValue()));
                case VALUE_TRUE -> NODES.booleanNode(true);
                case VALUE_FALSE -> NODES.booleanNode(false);
                case VALUE_NULL -> NODES.nullNode();
                default -> throw new JsonSyntaxException("no JSON value" + at(parser.currentTokenLocation()));
            };
        }

        private JsonNode object(int depth) throws IOException, JsonSyntaxException {
            var object = NODES.objectNode();
            while (next() == JsonToken.FIELD_NAME) {
                var name = scalarText(parser.currentName());
                object.set(name, value(next(), depth));
            }
            return object;
        }

        private JsonNode array(int depth) throws IOException, JsonSyntaxException {
            var array = NODES.arrayNode();
            for (var token = next(); token != JsonToken.END_ARRAY; token = next()) {
                array.add(value(token, depth));
            }
            return array;
        }

        private int deeper(int depth) throws JsonSyntaxException {
            if (depth == limits.depth()) {
                throw new JsonSyntaxException("arrays and objects are nested deeper than " + limits.depth());
            }
            return depth + 1;
        }

        private JsonNode integer() throws IOException {
            return switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                default -> NODES.numberNode(parser.getBigIntegerValue());
            };
        }

        private double finite(double number) throws JsonSyntaxException {
            if (!Double.isFinite(number)) { // RFC 7493 §2.2
                throw new JsonSyntaxException("a number is out of range" + at(parser.currentTokenLocation()));
            }
            return number;
        }

        /** RFC 7493 §2.1: no surrogate that stands alone, or it could not be written as UTF-8 again. */
        private String scalarText(String text) throws JsonSyntaxException {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i))) {
                    if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                        throw new JsonSyntaxException(
                                "a string has half a surrogate pair" + at(parser.currentTokenLocation()));
                    }
                    i++;
                }
            }
            return text;
        }
    }
}
