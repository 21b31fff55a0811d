package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.door.NotDone;
import org.merpati.lib.jmap.Invocation;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.ResultReferences;
import org.merpati.lib.jmap.json.JsonWriter;

/** The calls of one request, one after the other (RFC 8620 §3.10), and their answers. */
final class RequestRun {
    private static final Logger LOG = System.getLogger(RequestRun.class.getName());

    /** Octets of all answers of a request that may stay on the heap. */
    private static final int HEAP = 256 * 1024;

    private final Methods methods;
    private final Call call;
    private final ResultReferences references = new ResultReferences();
    private final List<KeptAnswer> answers = new ArrayList<>();

    /** Finds methods by their names. */
    interface Methods {
        /** Empty when there is none, or the request does not use its capability. */
        Optional<JmapMethod> used(String name);

        JmapMethod any(String name);
    }

    RequestRun(Methods methods, Call call) {
        this.methods = methods;
        this.call = call;
    }

    List<KeptAnswer> answers() {
        return answers;
    }

    /** Answers the call, whatever comes. */
    void run(Invocation wanted) {
        Deque<Invocation> more = new ArrayDeque<>();
        var method = methods.used(wanted.name());
        if (method.isEmpty()) {
            refuse(new MethodError.UnknownMethod(), wanted.callId());
        } else {
            run(wanted, method.get(), more);
        }
        for (var next = more.poll(); next != null; next = more.poll()) {
            run(next, methods.any(next.name()), more);
        }
    }

    private void run(Invocation wanted, JmapMethod method, Deque<Invocation> more) {
        int before = answers.size();
        MethodError error;
        try {
            var arguments = references.resolve(wanted.arguments(), answers);
            method.call(arguments, call, new Writing(wanted, more));
            return;
        } catch (MethodException e) {
            error = e.error();
        } catch (NotDone e) {
            error = failure(e);
        } catch (KeptAnswer.TooLargeException e) {
            error = new MethodError.RequestTooLarge(
                    "the answer would have more than " + KeptAnswer.LARGEST + " octets");
        } catch (NoSpaceException e) {
            error = new MethodError.ServerUnavailable();
        } catch (IOException | RuntimeException e) {
            var id = UUID.randomUUID().toString().substring(0, 8);
            LOG.log(Level.ERROR, "jmap failure " + id + " in " + wanted.name(), e);
            error = new MethodError.ServerFail("failure " + id + " in the server's log");
        }
        while (answers.size() > before) {
            answers.removeLast().close();
        }
        more.clear();
        refuse(error, wanted.callId());
    }

    private void refuse(MethodError error, String callId) {
        var answer = new KeptAnswer("error", callId, call.platform().spool(), Integer.MAX_VALUE);
        try (var json = JsonWriter.generator(answer)) {
            json.writeStartArray();
            json.writeString("error");
            json.writeTree(error.toJson());
            json.writeString(callId);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory takes all
        }
        answers.add(answer);
    }

    private static MethodError failure(NotDone failure) {
        return switch (failure.kind()) {
            case BUG -> new MethodError.ServerFail("failure " + failure.id() + " in the server's log");
            case UNKNOWN_OUTCOME -> new MethodError.ServerPartialFail("whether this was done is not known");
            case ROLLED_BACK, NO_SPACE, NO_CONNECTION, UNAVAILABLE -> new MethodError.ServerUnavailable();
        };
    }

    private final class Writing implements Responses {
        private final Invocation wanted;
        private final Deque<Invocation> more;

        Writing(Invocation wanted, Deque<Invocation> more) {
            this.wanted = wanted;
            this.more = more;
        }

        @Override
        public void write(Body body) throws IOException, MethodException {
            int held = answers.stream().mapToInt(KeptAnswer::held).sum();
            var answer = new KeptAnswer(
                    wanted.name(), wanted.callId(), call.platform().spool(), Math.max(0, HEAP - held));
            answers.add(answer);
            try (var json = JsonWriter.generator(answer)) {
                json.writeStartArray();
                json.writeString(wanted.name());
                body.write(json);
                json.writeString(wanted.callId());
                json.writeEndArray();
            }
        }

        @Override
        public void then(String method, ObjectNode arguments) {
            more.add(new Invocation(method, arguments, wanted.callId()));
        }
    }
}
