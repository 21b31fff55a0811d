package org.merpati.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.merpati.core.store.Quotas;
import org.merpati.web.base.JsonBody;

/** What may be used and what is, as JSON: octets and messages, null for no limit. */
final class QuotaJson {
    private static final String SIZE = "size";
    private static final String MESSAGES = "messages";

    private QuotaJson() {}

    static Quotas.Limits read(HttpServletRequest request, InputStream in) throws IOException {
        var body = JsonBody.read(request, in);
        var limits = new Quotas.Limits(body.optionalNumber(SIZE), body.optionalNumber(MESSAGES));
        body.end();
        return limits;
    }

    static ObjectNode toJson(Quotas.Usage usage) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("usedSize", usage.octets())
                .put("usedMessages", usage.emails());
        put(json, SIZE, usage.limits().octets());
        put(json, MESSAGES, usage.limits().emails());
        return json;
    }

    private static void put(ObjectNode json, String field, OptionalLong limit) {
        if (limit.isPresent()) {
            json.put(field, limit.getAsLong());
        } else {
            json.putNull(field);
        }
    }
}
