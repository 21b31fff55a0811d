package org.merpati.lib.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8620 §3.7. */
class ResultReferencesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RESPONSE = """
            {"ids":["e1","e2"],"list":[{"id":"a","emailIds":["x","y"]},{"id":"b","emailIds":[]},{"id":"c","emailIds":["z"]}],
             "a/b":1,"m~n":2,"nested":[[1,2],[3]]}""";

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) JSON.readTree(text);
    }

    private static Answer answer(String name, String arguments, String callId) throws Exception {
        return Answer.of(new Invocation(name, json(arguments), callId));
    }

    private static ObjectNode resolve(String path) throws Exception {
        var earlier = List.of(answer("Foo/get", RESPONSE, "t0"));
        var arguments = json("{\"accountId\":\"ab\",\"#ids\":{\"resultOf\":\"t0\",\"name\":\"Foo/get\"}}");
        ((ObjectNode) arguments.get("#ids")).put("path", path);
        return new ResultReferences().resolve(arguments, earlier);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ids | [\"e1\",\"e2\"]",
                "/ids/1 | \"e2\"",
                "/list/*/id | [\"a\",\"b\",\"c\"]",
                "/list/*/emailIds | [\"x\",\"y\",\"z\"]",
                "/list/0/emailIds/* | [\"x\",\"y\"]",
                "/nested/* | [1,2,3]",
                "/a~1b | 1",
                "/m~0n | 2"
            })
    void aPathSelectsWithinTheEarlierResponse(String path, String expected) throws Exception {
        assertThat(resolve(path).get("ids")).isEqualTo(JSON.readTree(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing",
        "/ids/2",
        "/ids/01",
        "/ids/-",
        "/list/*/nothing",
        "ids",
        "/m~2n",
        "/*",
        "/ids/99999999999999999999"
    })
    void aPathThatLeadsNowhereFails(String path) {
        assertThatThrownBy(() -> resolve(path))
                .isInstanceOfSatisfying(
                        MethodException.class,
                        e -> assertThat(e.error()).isInstanceOf(MethodError.InvalidResultReference.class));
    }

    @Test
    void theSameArgumentTwiceIsInvalid() throws Exception {
        var arguments = json("{\"ids\":[],\"#ids\":{\"resultOf\":\"t0\",\"name\":\"Foo/get\",\"path\":\"/ids\"}}");
        assertThatThrownBy(() -> new ResultReferences().resolve(arguments, List.of()))
                .isInstanceOfSatisfying(
                        MethodException.class,
                        e -> assertThat(e.error()).isInstanceOf(MethodError.InvalidArguments.class));
    }

    @Test
    void anotherNameOfResponseFails() throws Exception {
        var earlier = List.of(answer("error", "{\"ids\":[]}", "t0"));
        var arguments = json("{\"#ids\":{\"resultOf\":\"t0\",\"name\":\"Foo/get\",\"path\":\"/ids\"}}");
        assertThatThrownBy(() -> new ResultReferences().resolve(arguments, earlier))
                .isInstanceOf(MethodException.class);
    }

    /** Each echo holds the one before it ten times: 16 calls would answer with 10^15 values. */
    @Test
    void echoesOfEchoesEndAtTheBudget() throws Exception {
        var references = new ResultReferences();
        var responses = new ArrayList<Answer>();
        responses.add(answer("Core/echo", "{\"x\":\"" + "y".repeat(1000) + "\"}", "c0"));
        int done = 0;
        try {
            for (int call = 1; call < 16; call++) {
                var arguments = JSON.createObjectNode();
                for (int i = 0; i < 10; i++) {
                    arguments
                            .putObject("#a" + i)
                            .put("resultOf", "c" + (call - 1))
                            .put("name", "Core/echo")
                            .put("path", "");
                }
                responses.add(
                        Answer.of(new Invocation("Core/echo", references.resolve(arguments, responses), "c" + call)));
                done = call;
            }
        } catch (MethodException e) {
            assertThat(e.error()).isInstanceOf(MethodError.InvalidResultReference.class);
        }
        assertThat(done).isBetween(2, 4);
    }
}
