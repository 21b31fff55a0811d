package org.merpati.lib.jmap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RFC 8620 §3.4. Whoever has one closes it when it is written.
 *
 * @param createdIds only when the request had them
 */
public record JmapResponse(
        List<? extends Answer> methodResponses, Optional<Map<String, String>> createdIds, String sessionState)
        implements AutoCloseable {
    @Override
    public void close() {
        methodResponses.forEach(Answer::close);
    }
}
