package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:websocket} (RFC 8887 §3). It has no methods. */
public final class WebSocketCapability implements JmapCapability {
    private final BooleanSupplier offered;

    /** @param offered whether the home takes WebSockets */
    public WebSocketCapability(BooleanSupplier offered) {
        this.offered = offered;
    }

    @Override
    public boolean offered() {
        return offered.getAsBoolean();
    }

    @Override
    public String uri() {
        return CapabilityUri.WEBSOCKET;
    }

    @Override
    public ObjectNode inSession(URI base) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("url", "ws" + base.toString().substring("http".length()) + "/jmap/ws");
        return json.put("supportsPush", true);
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
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
