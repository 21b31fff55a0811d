package org.merpati.core.jmap.quota;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.QueryChangesMethod;
import org.merpati.core.jmap.QueryMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:quota} (RFC 9425 §2.1). */
public final class QuotaCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.QUOTA;
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
    public List<PushedType> pushed() {
        return List.of(new QuotaPush());
    }

    @Override
    public List<JmapMethod> methods() {
        var query = new QuotaQuery();
        return List.of(new QuotaGet(), new QuotaChanges(), new QueryMethod(query), new QueryChangesMethod(query));
    }
}
