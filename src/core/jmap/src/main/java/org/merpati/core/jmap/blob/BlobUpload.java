package org.merpati.core.jmap.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Uploads;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.mime.Octets;

/**
 * Blob/upload (RFC 9404 §4.1): blobs put together from texts and from ranges of other blobs. What it makes are uploads as any
 * other. Ranges are checked before an octet is copied; a few octets of a request could ask for many gigabytes, so all blobs of a
 * call have one budget.
 */
final class BlobUpload implements JmapMethod {
    /** Data sources of one blob. */
    static final int SOURCES = 100;

    private static final int SOURCES_OF_CALL = 1_000;
    private static final long OCTETS_OF_CALL = 2 * Limits.SIZE_UPLOAD;
    private static final int LONGEST_TYPE = 255;
    private static final Set<String> PROPERTIES = Set.of("data", "type");
    private static final Set<String> RANGE = Set.of("blobId", "offset", "length");

    @Override
    public String name() {
        return "Blob/upload";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var accountId = in.string("accountId");
        var account = call.account(accountId);
        var create = in.objects("create");
        in.end();
        int sources = create.values().stream()
                .mapToInt(object -> object.path("data").size())
                .sum();
        if (create.size() > Limits.OBJECTS || sources > SOURCES_OF_CALL) {
            throw new MethodException(new MethodError.RequestTooLarge(
                    "more than " + Limits.OBJECTS + " blobs, or more than " + SOURCES_OF_CALL + " data sources"));
        }
        var created = JsonNodeFactory.instance.objectNode();
        var notCreated = JsonNodeFactory.instance.objectNode();
        var making = new Making(account, call);
        for (var wanted : create.entrySet()) {
            try {
                var made = making.make(wanted.getValue());
                call.created().put(wanted.getKey(), made.path("id").textValue());
                created.set(wanted.getKey(), made);
            } catch (SetException e) {
                notCreated.set(wanted.getKey(), e.error().toJson());
            }
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.put("accountId", accountId);
        json.putNull("oldState"); // blobs have none
        json.set("created", created.isEmpty() ? json.nullNode() : created);
        json.set("notCreated", notCreated.isEmpty() ? json.nullNode() : notCreated);
        responses.add(json);
    }

    private static final class Making {
        private final AccountId account;
        private final Call call;
        private final Blobs blobs;
        private final Map<String, Optional<Octets>> found = new HashMap<>();
        private long copied;

        Making(AccountId account, Call call) {
            this.account = account;
            this.call = call;
            this.blobs = new Blobs(call.door(), call.platform());
        }

        ObjectNode make(ObjectNode object) throws SetException, IOException {
            only(object, PROPERTIES, "");
            var type = type(object.path("type"));
            var pieces = new ArrayList<Octets>();
            for (var source : sources(object.path("data"))) {
                pieces.add(piece(source));
            }
            long size = pieces.stream().mapToLong(Octets::size).sum();
            if (size > Limits.SIZE_UPLOAD) {
                throw new SetException(SetError.of(
                        "tooLarge", "a blob has at most " + Limits.SIZE_UPLOAD + " octets; this has " + size));
            }
            if (copied + size > OCTETS_OF_CALL) {
                throw new SetException(SetError.of(
                        "rateLimit", "the blobs of one call have at most " + OCTETS_OF_CALL + " octets together"));
            }
            copied += size;
            var id = keep(pieces, type.orElse("application/octet-stream"));
            var json = JsonNodeFactory.instance.objectNode();
            json.put("id", id);
            json.put("blobId", id); // as the upload endpoint answers (RFC 8620 §6.1)
            json.put("type", type.orElse("application/octet-stream"));
            return json.put("size", size);
        }

        private String keep(List<Octets> pieces, String type) throws SetException, IOException {
            try (var spooled = call.platform().spool().create()) {
                OutputStream sink = spooled.sink();
                for (var piece : pieces) {
                    try (var in = piece.open(0, piece.size())) {
                        in.transferTo(sink);
                    }
                }
                var blob = call.platform().blobs().append(spooled);
                var attempt = call.door()
                        .call(services -> services.get(Uploads.class).add(account, blob, type))
                        .orThrow();
                return switch (attempt) {
                    case Attempt.Made<Uploads.Upload>(var upload) ->
                        BlobId.of(upload.id()).toString();
                    case Attempt.Refused<Uploads.Upload> refused ->
                        throw new SetException(
                                SetError.of("overQuota", "too much waits that was uploaded and not used"));
                };
            }
        }

        /** RFC 9404 §4.1: a range that is not there, or data that are none, are never guessed at. */
        private Octets piece(JsonNode source) throws SetException, IOException {
            if (!(source instanceof ObjectNode object)) {
                throw invalid("a data source is an object");
            }
            boolean text = object.hasNonNull("data:asText");
            boolean base64 = object.hasNonNull("data:asBase64");
            boolean blob = object.hasNonNull("blobId");
            if ((text ? 1 : 0) + (base64 ? 1 : 0) + (blob ? 1 : 0) != 1) {
                throw invalid("a data source has one of data:asText, data:asBase64 and blobId");
            }
            only(object, blob ? RANGE : Set.of(text ? "data:asText" : "data:asBase64"), "data");
            if (blob) {
                return range(object);
            }
            var value = object.path(text ? "data:asText" : "data:asBase64");
            if (!value.isTextual()) {
                throw invalid("data are given as a string");
            }
            if (text) {
                return Octets.of(value.textValue().getBytes(StandardCharsets.UTF_8));
            }
            if (value.textValue().length() % 4 != 0) { // RFC 4648 §3.2: the padding is part of it
                throw invalid("data:asBase64 is not complete");
            }
            try {
                return Octets.of(Base64.getDecoder().decode(value.textValue()));
            } catch (IllegalArgumentException e) {
                throw invalid("data:asBase64 is no base64: " + e.getMessage());
            }
        }

        private Octets range(ObjectNode source) throws SetException, IOException {
            var id = source.path("blobId").isTextual()
                    ? call.created().resolve(source.path("blobId").textValue())
                    : Optional.<String>empty();
            if (id.isEmpty()) {
                throw notFound(source);
            }
            var known = found.get(id.get());
            if (known == null) {
                known = blobs.find(account, id.get());
                found.put(id.get(), known);
            }
            var octets = known.orElseThrow(() -> notFound(source));
            long offset = number(source, "offset", 0);
            long length = number(source, "length", Math.max(0, octets.size() - offset));
            if (offset > octets.size() || length > octets.size() - offset) {
                throw invalid("the blob has no such range; it has " + octets.size() + " octets");
            }
            return new Range(octets, offset, length);
        }

        private static SetException notFound(ObjectNode source) {
            return new SetException(SetError.of("blobNotFound", "no blob of this account")
                    .with("notFound", List.of(source.path("blobId").asText())));
        }
    }

    private record Range(Octets all, long start, long size) implements Octets {
        @Override
        public InputStream open(long from, long to) throws IOException {
            return all.open(start + from, start + to);
        }
    }

    private static List<JsonNode> sources(JsonNode data) throws SetException {
        if (!data.isArray()) {
            throw invalid("the list of data sources is missing");
        }
        if (data.size() > SOURCES) {
            throw invalid("more than " + SOURCES + " data sources");
        }
        var sources = new ArrayList<JsonNode>();
        data.forEach(sources::add);
        return sources;
    }

    private static Optional<String> type(JsonNode type) throws SetException {
        if (type.isMissingNode() || type.isNull()) {
            return Optional.empty();
        }
        if (!type.isTextual() || type.textValue().length() > LONGEST_TYPE) {
            throw new SetException(
                    SetError.invalidProperty("type", "a media type of at most " + LONGEST_TYPE + " characters"));
        }
        return Optional.of(type.textValue());
    }

    private static long number(ObjectNode source, String name, long otherwise) throws SetException {
        var value = source.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw invalid("\"" + name + "\" is a number from 0 up");
        }
        return value.longValue();
    }

    private static void only(ObjectNode object, Set<String> known, String property) throws SetException {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey())
                    && !(property.equals("data") && field.getValue().isNull())) {
                throw new SetException(SetError.invalidProperty(
                        property.isEmpty() ? field.getKey() : property, "unknown: " + field.getKey()));
            }
        }
    }

    private static SetException invalid(String why) {
        return new SetException(SetError.invalidProperty("data", why));
    }
}
