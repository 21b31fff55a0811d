package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One method call or one response to it (RFC 8620 §3.2). */
public record Invocation(String name, ObjectNode arguments, String callId) {
    /** The response that a failed call gets (RFC 8620 §3.6.2). */
    public static Invocation error(MethodError error, String callId) {
        return new Invocation("error", error.toJson(), callId);
    }
}
