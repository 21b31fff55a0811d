package org.merpati.lib.jmap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** RFC 8620 §3.3. */
public record JmapRequest(List<String> using, List<Invocation> methodCalls, Optional<Map<String, String>> createdIds) {}
