package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:webpush-vapid} (RFC 9749 §3): whose word pushes bear. It has no methods. */
public final class VapidCapability implements JmapCapability {
    private final PushDelivery delivery;

    public VapidCapability(PushDelivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public String uri() {
        return CapabilityUri.VAPID;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("applicationServerKey", delivery.vapid().publicKey());
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        return Optional.empty();
    }

    @Override
    public List<JmapMethod> methods() {
        return List.of();
    }
}
