package org.merpati.lib.jmap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.jmap.json.JsonLimits;
import org.merpati.lib.jmap.json.JsonWriter;
import org.merpati.lib.jmap.mail.HeaderProperty;

/** Whatever comes in is a request or a {@link RequestException}; what was read can be resolved and written. */
class RequestFuzzTest {
    private static final RequestReader READER =
            new RequestReader(new RequestLimits(new JsonLimits(100_000, 100, 10_000), 16));

    @FuzzTest(maxDuration = "30s")
    void strangersBytesAreReadOrRefused(byte[] body) throws Exception {
        JmapRequest request;
        try {
            request = READER.read(new ByteArrayInputStream(body));
        } catch (RequestException e) {
            return;
        }
        var references = new ResultReferences();
        var responses = new ArrayList<Answer>();
        for (var call : request.methodCalls()) {
            responses.add(answer(call, references, responses));
        }
        ResponseWriter.write(new JmapResponse(responses, request.createdIds(), "s"), new ByteArrayOutputStream());
    }

    private static Answer answer(Invocation call, ResultReferences references, List<Answer> earlier)
            throws IOException {
        return Answer.of(answered(call, references, earlier));
    }

    private static Invocation answered(Invocation call, ResultReferences references, List<Answer> earlier)
            throws IOException {
        try {
            var arguments = references.resolve(call.arguments(), earlier);
            var in = new Arguments(arguments);
            if (call.name().equals("Email/query")) {
                var query = Query.parse(in);
                Filter.parse(query.filter(), condition -> condition.optionalString("inMailbox"));
            } else if (call.name().equals("Email/get")) {
                for (var property : Get.parse(in).properties().orElse(List.of())) {
                    HeaderProperty.parse(property);
                }
            } else if (call.name().equals("Email/set")) {
                patch(SetCall.parse(in));
            }
            return new Invocation(call.name(), arguments, call.callId());
        } catch (MethodException e) {
            return Invocation.error(e.error(), call.callId());
        }
    }

    private static void patch(SetCall set) {
        for (var update : set.update().values()) {
            try {
                Patch.parse(update).applyTo(update, name -> JsonNodeFactory.instance.nullNode());
            } catch (SetException e) {
                // refused with a reason
            }
        }
    }

    @FuzzTest(maxDuration = "20s")
    void aPathIsAPointerOrNone(@NotNull String path) throws IOException {
        Optional<ResultPath> parsed = ResultPath.parse(path);
        if (parsed.isPresent()) {
            byte[] json = JsonWriter.bytes(new MethodError.UnknownMethod().toJson());
            try (var in = JsonWriter.parser(new ByteArrayInputStream(json))) {
                in.nextToken();
                parsed.get().evaluate(in);
            }
        }
    }
}
