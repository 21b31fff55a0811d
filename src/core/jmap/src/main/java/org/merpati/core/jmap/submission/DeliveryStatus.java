package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.merpati.lib.smtp.SmtpReply;

/** What becomes of each recipient (RFC 8621 §7, deliveryStatus): replies as SMTP would give them. */
final class DeliveryStatus {
    private DeliveryStatus() {}

    static ObjectNode queued(GivenEnvelope envelope) {
        return all(envelope, SmtpReply.of(250, "2.1.5", "Waits for its time"), "queued");
    }

    static ObjectNode canceled(GivenEnvelope envelope) {
        return all(envelope, SmtpReply.of(554, "5.7.0", "Canceled by its sender"), "no");
    }

    static ObjectNode failed(GivenEnvelope envelope, SmtpReply why) {
        return all(envelope, why, "no");
    }

    /** @param refused who did not get it, and why */
    static ObjectNode delivered(GivenEnvelope envelope, String id, Map<String, SmtpReply> refused) {
        var status = all(envelope, SmtpReply.of(250, "2.1.5", "Delivered as " + id), "yes");
        refused.forEach((email, why) -> status.set(email, one(why, "no")));
        return status;
    }

    private static ObjectNode all(GivenEnvelope envelope, SmtpReply reply, String delivered) {
        var status = JsonNodeFactory.instance.objectNode();
        envelope.rcptTo().forEach(recipient -> status.set(recipient.email(), one(reply, delivered)));
        return status;
    }

    private static ObjectNode one(SmtpReply reply, String delivered) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("smtpReply", reply.toString())
                .put("delivered", delivered)
                .put("displayed", "unknown");
    }
}
