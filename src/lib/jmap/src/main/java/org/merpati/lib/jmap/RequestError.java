package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Why a request was refused as a whole (RFC 8620 §3.6.1), as problem details (RFC 9457). */
public sealed interface RequestError {
    String detail();

    /** The problem's type after {@code urn:ietf:params:jmap:error:}. */
    String type();

    default int status() {
        return 400;
    }

    record UnknownCapability(String capability) implements RequestError {
        @Override
        public String type() {
            return "unknownCapability";
        }

        @Override
        public String detail() {
            return "This server does not support the capability \"" + capability + "\".";
        }
    }

    record NotJson(String detail) implements RequestError {
        @Override
        public String type() {
            return "notJSON";
        }
    }

    record NotRequest(String detail) implements RequestError {
        @Override
        public String type() {
            return "notRequest";
        }
    }

    /** @param limit its name in the session's capability object */
    record Limit(String limit, String detail) implements RequestError {
        @Override
        public String type() {
            return "limit";
        }

        @Override
        public int status() {
            return switch (limit) {
                case "maxConcurrentRequests", "maxConcurrentUpload" -> 429;
                case "maxSizeUpload" -> 413;
                default -> 400;
            };
        }
    }

    default ObjectNode toJson() {
        var problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "urn:ietf:params:jmap:error:" + type());
        problem.put("status", status());
        if (this instanceof Limit exceeded) {
            problem.put("limit", exceeded.limit());
        }
        return problem.put("detail", detail());
    }
}
