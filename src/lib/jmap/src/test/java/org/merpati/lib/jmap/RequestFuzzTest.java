package org.merpati.lib.jmap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.jmap.json.JsonLimits;
import org.merpati.lib.jmap.mail.EmailQuery;

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
        var responses = new ArrayList<Invocation>();
        for (var call : request.methodCalls()) {
            responses.add(answer(call, references, responses));
        }
        ResponseWriter.write(new JmapResponse(responses, request.createdIds(), "s"), new ByteArrayOutputStream());
    }

    private static Invocation answer(Invocation call, ResultReferences references, List<Invocation> earlier) {
        try {
            var arguments = references.resolve(call.arguments(), earlier);
            if (call.name().equals("Email/query")) {
                EmailQuery.parse(new Arguments(arguments));
            } else if (call.name().equals("Email/get")) {
                Get.parse(new Arguments(arguments));
            }
            return new Invocation(call.name(), arguments, call.callId());
        } catch (MethodException e) {
            return Invocation.error(e.error(), call.callId());
        }
    }

    @FuzzTest(maxDuration = "20s")
    void aPathIsAPointerOrNone(@NotNull String path) {
        Optional<ResultPath> parsed = ResultPath.parse(path);
        parsed.ifPresent(p -> p.evaluate(new MethodError.UnknownMethod().toJson()));
    }
}
