package org.merpati.lib.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.jmap.json.JsonLimits;

class RequestReaderTest {
    private final RequestReader reader = new RequestReader(new RequestLimits(new JsonLimits(10_000, 20, 1000), 2));

    private JmapRequest read(String text) throws Exception {
        return reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private RequestError refused(String text) {
        return catchThrowableOfType(RequestException.class, () -> read(text)).error();
    }

    @Test
    void aRequestIsItsCallsInOrder() throws Exception {
        var request = read("""
                {"using":["urn:ietf:params:jmap:core"],"methodCalls":[["a",{"x":1},"c1"],["b",{},"c2"]],
                 "createdIds":{"k":"v"},"future":[1]}""");
        assertThat(request.using()).containsExactly(CapabilityUri.CORE);
        assertThat(request.methodCalls()).extracting(Invocation::name).containsExactly("a", "b");
        assertThat(request.methodCalls()).extracting(Invocation::callId).containsExactly("c1", "c2");
        assertThat(request.createdIds()).contains(Map.of("k", "v"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"using\":[],\"methodCalls\":{}}",
                "{\"using\":[1],\"methodCalls\":[]}",
                "{\"using\":null,\"methodCalls\":[]}",
                "{\"using\":[],\"methodCalls\":[[\"a\",{}]]}",
                "{\"using\":[],\"methodCalls\":[[\"a\",[],\"c\"]]}",
                "{\"using\":[],\"methodCalls\":[[\"a\",{},1]]}",
                "{\"using\":[],\"methodCalls\":[],\"createdIds\":{\"a\":1}}"
            })
    void jsonOfAnotherShapeIsNoRequest(String text) {
        assertThat(refused(text)).isInstanceOf(RequestError.NotRequest.class);
    }

    @Test
    void whatIsNoJsonIsToldSo() {
        var error = refused("{\"using\":");
        assertThat(error).isInstanceOf(RequestError.NotJson.class);
        assertThat(error.toJson().get("type").textValue()).isEqualTo("urn:ietf:params:jmap:error:notJSON");
        assertThat(error.toJson().get("status").intValue()).isEqualTo(400);
    }

    @Test
    void limitsAreNamedAsTheSessionNamesThem() {
        var calls = "[\"a\",{},\"c\"],".repeat(2) + "[\"a\",{},\"c\"]";
        assertThat(refused("{\"using\":[],\"methodCalls\":[" + calls + "]}")
                        .toJson()
                        .get("limit")
                        .textValue())
                .isEqualTo("maxCallsInRequest");
        assertThat(refused("{\"using\":[\"" + "x".repeat(20_000) + "\"]}")
                        .toJson()
                        .get("limit")
                        .textValue())
                .isEqualTo("maxSizeRequest");
        assertThat(refused("{\"using\":[" + "1,".repeat(2000) + "1]}")
                        .toJson()
                        .get("limit")
                        .textValue())
                .isEqualTo("maxSizeRequest");
    }

    @Test
    void aResponseIsWrittenAsTheRfcShowsIt() throws Exception {
        var error = Invocation.error(new MethodError.UnknownMethod(), "c3");
        var out = new ByteArrayOutputStream();
        ResponseWriter.write(new JmapResponse(List.of(Answer.of(error)), Optional.of(Map.of("k", "v")), "s1"), out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"methodResponses\":[[\"error\",{\"type\":\"unknownMethod\"},\"c3\"]],"
                        + "\"createdIds\":{\"k\":\"v\"},\"sessionState\":\"s1\"}");
    }
}
