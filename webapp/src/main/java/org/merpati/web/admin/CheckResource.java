package org.merpati.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.store.Checks.Finding;
import org.merpati.core.store.StoreCheck;
import org.merpati.lib.jmap.json.JsonWriter;
import org.merpati.web.base.Access;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;
import org.merpati.web.base.Server;

/**
 * Holds the store against its invariants. The answer is a stream of JSON objects, one a line, each with one field:
 * {@code finding} for each, {@code progress} every second or so, and at the end {@code summary}, or {@code error} when the
 * check could not be ended.
 */
@Path("/api/check")
@ApplicationScoped
public class CheckResource {
    private static final String LINES = "application/x-ndjson";
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

    private static final String BUSY = "A check is running already.";

    @Inject
    Server server;

    @Inject
    Access access;

    /** One at a time: a second one would only slow the first one down. */
    private final AtomicBoolean running = new AtomicBoolean();

    @POST
    public Response check(@Context HttpServletRequest request, InputStream in) throws IOException {
        access.administrator(request);
        var body = JsonBody.read(request, in);
        var options = new StoreCheck.Options(body.optionalFlag("repair"), body.optionalFlag("deep"));
        body.end();
        server.platform(); // refused while the server starts, with a status that says so
        if (running.get()) {
            throw Problem.of(409, BUSY);
        }
        return Response.ok((StreamingOutput) out -> run(options, out), LINES).build();
    }

    private void run(StoreCheck.Options options, OutputStream out) throws IOException {
        var lines = new Lines(out, server.platform().clock());
        if (!running.compareAndSet(false, true)) {
            lines.error(BUSY);
            return;
        }
        try {
            var check =
                    new StoreCheck(server.door(), server.platform().blobs(), options, lines::finding, lines::progress);
            lines.write("summary", toJson(check.run()));
        } catch (NotDone e) {
            lines.error("The store can't answer now: " + words(e) + ".");
        } catch (UncheckedIOException e) {
            throw e.getCause(); // whoever asked is gone, and the check ends
        } finally {
            running.set(false);
        }
    }

    private static String words(NotDone failure) {
        return switch (failure.kind()) {
            case NO_SPACE -> "its disk or database takes no writes, and a repair may be whole or not done";
            case UNKNOWN_OUTCOME -> "whether its last repair was done is not known";
            case ROLLED_BACK, UNAVAILABLE -> "it is busy";
            case NO_CONNECTION -> "the database can't be reached";
            case BUG -> "failure " + failure.id() + " in the server's log";
        };
    }

    private static ObjectNode toJson(Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("account", finding.account())
                .put("what", finding.what())
                .put("expected", finding.expected())
                .put("found", finding.found())
                .put("repaired", finding.repaired());
    }

    private static ObjectNode toJson(StoreCheck.Progress progress) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("accounts", progress.accounts())
                .put("messages", progress.messages())
                .put("blobs", progress.blobs())
                .put("findings", progress.findings())
                .put("repaired", progress.repaired())
                .put("unusedBlobs", progress.unusedBlobs())
                .put("unusedOctets", progress.unusedOctets())
                .put("expiredUploads", progress.expiredUploads())
                .put("removedAccounts", progress.removedAccounts())
                .put("deadOctets", progress.deadOctets())
                .put("orphanedSegments", progress.orphanedSegments())
                .put("clean", progress.clean());
    }

    /** The answer's lines. */
    private static final class Lines {
        private final OutputStream out;
        private final InstantSource clock;
        private long toldAt;

        Lines(OutputStream out, InstantSource clock) {
            this.out = out;
            this.clock = clock;
            this.toldAt = clock.millis();
        }

        void error(String detail) {
            write("error", JsonNodeFactory.instance.objectNode().put("detail", detail));
        }

        void finding(Finding finding) {
            write("finding", toJson(finding));
        }

        void progress(StoreCheck.Progress progress) {
            long now = clock.millis();
            if (now - toldAt >= TOLD_EVERY.toMillis()) {
                toldAt = now;
                write("progress", toJson(progress));
            }
        }

        void write(String name, ObjectNode value) {
            var line = JsonNodeFactory.instance.objectNode();
            line.set(name, value);
            try {
                out.write(JsonWriter.bytes(line));
                out.write('\n');
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
