package org.merpati.core.jmap.blob;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Get;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.mime.Octets;

/**
 * Blob/get (RFC 9404 §4.2): octets of blobs within JSON, streamed from where they lie into the answer. Blobs have no state, and
 * there is no list of all of them. All that is read for one call has a limit.
 */
final class BlobGet implements JmapMethod {
    private static final String DIGEST = "digest:";
    private static final long OCTETS_OF_CALL = 2 * Limits.SIZE_UPLOAD;

    @Override
    public String name() {
        return "Blob/get";
    }

    /** @param length empty for all that is left */
    private record Wanted(SequencedSet<String> properties, long offset, Optional<Long> length) {
        boolean has(String property) {
            return properties.contains(property);
        }

        boolean data() {
            return properties.stream().anyMatch(property -> !property.equals("size"));
        }

        List<DigestAlgorithm> digests() {
            return properties.stream()
                    .filter(property -> property.startsWith(DIGEST))
                    .flatMap(property -> DigestAlgorithm.of(property.substring(DIGEST.length())).stream())
                    .toList();
        }
    }

    /** What of a blob is wanted. */
    private record Selection(Octets blob, long from, long to, boolean truncated) {
        static Selection of(Octets blob, Wanted wanted) {
            long size = blob.size();
            long from = Math.min(wanted.offset(), size);
            long length = Math.min(wanted.length().orElse(size - from), size - from);
            boolean beyond = wanted.offset() > size
                    || wanted.length().filter(asked -> asked > size - from).isPresent();
            return new Selection(blob, from, from + length, beyond);
        }

        long size() {
            return to - from;
        }
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var get = Get.parse(in);
        var account = call.account(get.accountId());
        var wanted = new Wanted(
                properties(get.properties()), in.optionalUnsigned("offset").orElse(0L), in.optionalUnsigned("length"));
        in.end();
        var ids = get.ids().orElseThrow(() -> Arguments.invalid("\"ids\" is missing: there is no list of all blobs"));
        if (ids.size() > Limits.OBJECTS) {
            throw tooLarge("more than " + Limits.OBJECTS + " ids");
        }
        var blobs = new Blobs(call.door(), call.platform());
        var found = new LinkedHashMap<String, Selection>();
        var notFound = new ArrayList<String>();
        long octets = 0;
        for (var given : new LinkedHashSet<>(ids)) {
            var id = call.created().resolve(given);
            var blob = id.isEmpty() ? Optional.<Octets>empty() : blobs.find(account, id.get());
            if (blob.isEmpty()) {
                notFound.add(given);
                continue;
            }
            var selection = Selection.of(blob.get(), wanted);
            octets += wanted.data() ? selection.size() : 0;
            if (octets > OCTETS_OF_CALL) {
                throw tooLarge("more than " + OCTETS_OF_CALL + " octets in all");
            }
            found.put(id.orElseThrow(), selection);
        }
        responses.write(json -> {
            json.writeStartObject();
            json.writeStringField("accountId", get.accountId());
            json.writeArrayFieldStart("list");
            for (var one : found.entrySet()) {
                write(one.getKey(), one.getValue(), wanted, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notFound");
            for (var id : notFound) {
                json.writeString(id);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(String id, Selection selection, Wanted wanted, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        boolean asText = wanted.has("data") || wanted.has("data:asText");
        boolean text = asText && isText(selection);
        if (text) {
            json.writeFieldName("data:asText");
            try (var reader = reader(selection)) {
                json.writeString(reader, -1);
            }
        } else if (wanted.has("data:asText")) {
            json.writeNullField("data:asText");
        }
        if (wanted.has("data:asBase64") || (wanted.has("data") && !text)) {
            json.writeFieldName("data:asBase64");
            try (var octets = selection.blob().open(selection.from(), selection.to())) {
                json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, octets, (int) selection.size());
            }
        }
        for (var digest : digests(selection, wanted.digests()).entrySet()) {
            json.writeStringField(DIGEST + digest.getKey(), digest.getValue());
        }
        if (asText && !text) {
            json.writeBooleanField("isEncodingProblem", true);
        }
        if (selection.truncated()) {
            json.writeBooleanField("isTruncated", true);
        }
        if (wanted.has("size")) {
            json.writeNumberField("size", selection.blob().size());
        }
        json.writeEndObject();
    }

    /** All of them in one reading. */
    private static Map<String, String> digests(Selection selection, List<DigestAlgorithm> algorithms)
            throws IOException {
        var values = new LinkedHashMap<String, String>();
        if (algorithms.isEmpty()) {
            return values;
        }
        OutputStream out = OutputStream.nullOutputStream();
        var digests = algorithms.stream().map(DigestAlgorithm::begin).toList();
        for (var digest : digests) {
            out = new DigestOutputStream(out, digest);
        }
        try (var octets = selection.blob().open(selection.from(), selection.to())) {
            octets.transferTo(out);
        }
        for (int i = 0; i < digests.size(); i++) {
            values.put(
                    algorithms.get(i).label(),
                    Base64.getEncoder().encodeToString(digests.get(i).digest()));
        }
        return values;
    }

    private static boolean isText(Selection selection) throws IOException {
        try (var reader = reader(selection)) {
            reader.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Reader reader(Selection selection) throws IOException {
        return new InputStreamReader(
                selection.blob().open(selection.from(), selection.to()),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static SequencedSet<String> properties(Optional<List<String>> given) throws MethodException {
        var wanted = new LinkedHashSet<>(given.orElse(List.of("data", "size")));
        wanted.remove("id"); // always there
        for (var property : wanted) {
            boolean known =
                    List.of("data", "data:asText", "data:asBase64", "size").contains(property)
                            || (property.startsWith(DIGEST)
                                    && DigestAlgorithm.of(property.substring(DIGEST.length()))
                                            .isPresent());
            if (!known) {
                throw Arguments.invalid("the property \"" + property + "\" is not supported; these are: id, data, "
                        + "data:asText, data:asBase64, size, digest:"
                        + String.join(", digest:", DigestAlgorithm.NAMES));
            }
        }
        return wanted;
    }

    private static MethodException tooLarge(String why) {
        return new MethodException(new MethodError.RequestTooLarge(why));
    }
}
