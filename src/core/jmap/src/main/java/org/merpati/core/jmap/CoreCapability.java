package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.blob.BlobCopy;
import org.merpati.lib.jmap.CapabilityUri;
import org.merpati.lib.jmap.MethodException;

/** {@code urn:ietf:params:jmap:core} (RFC 8620 §2, §4). */
public final class CoreCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.CORE;
    }

    @Override
    public ObjectNode inSession() {
        return Limits.toJson();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        return Optional.empty();
    }

    @Override
    public List<JmapMethod> methods() {
        return List.of(new Echo(), new BlobCopy());
    }

    /** Core/echo (RFC 8620 §4). */
    private static final class Echo implements JmapMethod {
        @Override
        public String name() {
            return "Core/echo";
        }

        @Override
        public void call(ObjectNode arguments, Call call, Responses responses) throws IOException, MethodException {
            responses.add(arguments);
        }
    }
}
