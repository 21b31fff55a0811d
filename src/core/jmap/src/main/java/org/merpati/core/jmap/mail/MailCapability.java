package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.GetMethod;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:mail} (RFC 8621 §1.3.1), as far as it is built: reading. */
public final class MailCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.MAIL;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putNull("maxMailboxesPerEmail");
        json.putNull("maxMailboxDepth");
        json.put("maxSizeMailboxName", 1000); // the column's length
        json.put("maxSizeAttachmentsPerEmail", 0); // no email is made over JMAP yet
        json.putArray("emailQuerySortOptions").add("receivedAt");
        json.put("mayCreateTopLevelMailbox", false);
        return Optional.of(json);
    }

    @Override
    public List<JmapMethod> methods() {
        return List.of(new GetMethod<>(MailboxType.TYPE), new GetMethod<>(EmailType.TYPE), new EmailQueryMethod());
    }
}
