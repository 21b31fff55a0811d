package org.merpati.lib.jmap;

import org.merpati.lib.jmap.json.JsonLimits;

/** What one request to the API may cost: {@code maxSizeRequest} and {@code maxCallsInRequest} (RFC 8620 §2), and its JSON. */
public record RequestLimits(JsonLimits json, int calls) {}
