package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.core.jmap.blob.Blobs;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Octets;

/** Email/parse (RFC 8621 §4.9). One message is held at a time. */
final class EmailParse implements JmapMethod {
    @Override
    public String name() {
        return "Email/parse";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var accountId = in.string("accountId");
        var account = call.account(accountId);
        var ids = new LinkedHashSet<>(in.strings("blobIds"));
        var reader = new EmailReader(in.optionalStrings("properties").orElse(EmailReader.STANDARD_OF_BLOB), in);
        in.end();
        if (ids.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " blobIds"));
        }
        var blobs = new Blobs(call.door(), call.platform());
        responses.write(json -> {
            var notFound = new ArrayList<String>();
            var notParsable = new ArrayList<String>();
            json.writeStartObject();
            json.writeStringField("accountId", accountId);
            boolean any = false;
            for (var id : ids) {
                var resolved = call.created().resolve(id);
                var octets = resolved.isEmpty() ? Optional.<Octets>empty() : blobs.find(account, resolved.get());
                if (octets.isEmpty()) {
                    notFound.add(id);
                    continue;
                }
                var message = Message.parse(octets.get(), org.merpati.lib.mime.Limits.DEFAULT);
                if (message.root().header().count() == 0) {
                    notParsable.add(id);
                    continue;
                }
                if (!any) {
                    json.writeObjectFieldStart("parsed");
                    any = true;
                }
                json.writeFieldName(id);
                json.writeTree(parsed(BlobId.parse(resolved.orElseThrow()).orElseThrow(), message, reader));
            }
            if (any) {
                json.writeEndObject();
            } else {
                json.writeNullField("parsed");
            }
            write("notParsable", notParsable, json);
            write("notFound", notFound, json);
            json.writeEndObject();
        });
    }

    private static ObjectNode parsed(BlobId blob, Message message, EmailReader reader) throws IOException {
        var json = JsonNodeFactory.instance.objectNode();
        for (var property : reader.metadata()) {
            switch (property) {
                case "blobId" -> json.put(property, blob.toString());
                case "size" -> json.put(property, message.octets().size());
                default -> json.putNull(property); // it is not in the store
            }
        }
        reader.read(MailSource.of(blob, message), json);
        return json;
    }

    private static void write(String name, List<String> ids, JsonGenerator json) throws IOException {
        if (ids.isEmpty()) {
            json.writeNullField(name);
            return;
        }
        json.writeArrayFieldStart(name);
        for (var id : ids) {
            json.writeString(id);
        }
        json.writeEndArray();
    }
}
