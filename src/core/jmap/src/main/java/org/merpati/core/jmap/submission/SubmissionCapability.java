package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.ChangesMethod;
import org.merpati.core.jmap.GetMethod;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.SetMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:submission} (RFC 8621 §1.3.2). */
public final class SubmissionCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.SUBMISSION;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("maxDelayedSend", 0);
        json.putObject("submissionExtensions");
        return Optional.of(json);
    }

    @Override
    public List<JmapMethod> methods() {
        var identities = new IdentityType();
        return List.of(new GetMethod<>(identities), new ChangesMethod(identities), new SetMethod(new IdentitySet()));
    }
}
