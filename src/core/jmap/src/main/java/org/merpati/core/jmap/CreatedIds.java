package org.merpati.core.jmap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was created under which creation id in one request, of whatever type (RFC 8620 §5.3). A creation id that is used again
 * is the newest one's.
 */
public final class CreatedIds {
    private final Map<String, String> ids;

    /** @param known those that came with the request (RFC 8620 §3.3) */
    public CreatedIds(Map<String, String> known) {
        ids = new LinkedHashMap<>(known);
    }

    public void put(String creationId, String id) {
        ids.put(creationId, id);
    }

    /** Itself, or what was created under the creation id after its {@code #}; empty when that is nothing. */
    public Optional<String> resolve(String id) {
        return id.startsWith("#") ? Optional.ofNullable(ids.get(id.substring(1))) : Optional.of(id);
    }

    public Map<String, String> all() {
        return new LinkedHashMap<>(ids);
    }
}
