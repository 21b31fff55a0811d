package org.merpati.core.jmap.blob;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.SetError;

/**
 * Blob/copy (RFC 8620 §6.3), which belongs to the core capability. A caller has one account, so what is copied comes from where
 * it goes to (the RFC has no error for that, unlike for {@code Foo/copy}), and a blob that is in an account keeps its id there.
 */
public final class BlobCopy implements JmapMethod {
    @Override
    public String name() {
        return "Blob/copy";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var fromAccountId = in.string("fromAccountId");
        var accountId = in.string("accountId");
        var blobIds = new LinkedHashSet<>(in.strings("blobIds"));
        in.end();
        var from = call.fromAccount(fromAccountId);
        call.account(accountId);
        if (blobIds.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " blobs"));
        }
        var copied = JsonNodeFactory.instance.objectNode();
        var notCopied = JsonNodeFactory.instance.objectNode();
        var blobs = new Blobs(call.door(), call.platform());
        for (var given : blobIds) {
            var id = call.created().resolve(given);
            if (id.isPresent() && blobs.find(from, id.get()).isPresent()) {
                copied.put(given, id.get());
            } else {
                notCopied.set(given, SetError.NOT_FOUND.toJson());
            }
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.put("fromAccountId", fromAccountId);
        json.put("accountId", accountId);
        json.set("copied", copied.isEmpty() ? json.nullNode() : copied);
        json.set("notCopied", notCopied.isEmpty() ? json.nullNode() : notCopied);
        responses.add(json);
    }
}
