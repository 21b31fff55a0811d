package org.merpati.core.jmap.blob;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:blob} (RFC 9404 §3.1). */
public final class BlobCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.BLOB;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("maxSizeBlobSet", Limits.SIZE_UPLOAD);
        json.put("maxDataSources", BlobUpload.SOURCES);
        BlobLookup.TYPES.forEach(json.putArray("supportedTypeNames")::add);
        DigestAlgorithm.NAMES.forEach(json.putArray("supportedDigestAlgorithms")::add);
        return Optional.of(json);
    }

    @Override
    public List<JmapMethod> methods() {
        return List.of(new BlobUpload(), new BlobGet(), new BlobLookup());
    }
}
