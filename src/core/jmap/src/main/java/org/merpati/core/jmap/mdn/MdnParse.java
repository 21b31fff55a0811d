package org.merpati.core.jmap.mdn;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.blob.Blobs;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.mime.Octets;

/** MDN/parse (RFC 9007 §2.2). One message is held at a time. */
final class MdnParse implements JmapMethod {
    @Override
    public String name() {
        return "MDN/parse";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var accountId = in.string("accountId");
        var account = account(accountId, call);
        var ids = new LinkedHashSet<>(in.strings("blobIds"));
        in.end();
        if (ids.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " blobIds"));
        }
        var blobs = new Blobs(call.door(), call.platform());
        var sent = new SentMail(account, call);
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
                var notification = Notification.parse(octets.get());
                if (notification.isEmpty()) {
                    notParsable.add(id);
                    continue;
                }
                if (!any) {
                    json.writeObjectFieldStart("parsed");
                    any = true;
                }
                json.writeFieldName(id);
                json.writeTree(notification.get().toJson(about(notification.get(), sent)));
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

    /** RFC 9007 §2.2 has an error of its own for an account that is not there. */
    private static AccountId account(String id, Call call) throws MethodException {
        try {
            return call.account(id);
        } catch (MethodException e) {
            throw Arguments.invalid("\"accountId\" is no account of yours");
        }
    }

    private static JsonNode about(Notification notification, SentMail sent) {
        return notification.originalMessageId().map(sent::find).orElseGet(JsonNodeFactory.instance::nullNode);
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
