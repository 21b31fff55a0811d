package org.merpati.core.jmap.mdn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:mdn} (RFC 9007 §1.3), but for MDN/send. */
public final class MdnCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.MDN;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        return Optional.of(JsonNodeFactory.instance.objectNode());
    }

    @Override
    public List<JmapMethod> methods() {
        return List.of(new MdnParse());
    }
}
