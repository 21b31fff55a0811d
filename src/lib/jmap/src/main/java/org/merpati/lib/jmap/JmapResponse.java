package org.merpati.lib.jmap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RFC 8620 §3.4.
 *
 * @param createdIds only when the request had them
 */
public record JmapResponse(
        List<Invocation> methodResponses, Optional<Map<String, String>> createdIds, String sessionState) {}
