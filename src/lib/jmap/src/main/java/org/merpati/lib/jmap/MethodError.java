package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Why one method call failed, or was refused (RFC 8620 §3.6.2, §5). But for {@link ServerPartialFail} the call has changed nothing. */
public sealed interface MethodError {
    /** The error's type on the wire. */
    String type();

    /** For developers; empty when the type says it all. */
    default String description() {
        return "";
    }

    record UnknownMethod() implements MethodError {
        @Override
        public String type() {
            return "unknownMethod";
        }
    }

    record InvalidArguments(String description) implements MethodError {
        @Override
        public String type() {
            return "invalidArguments";
        }
    }

    record InvalidResultReference(String description) implements MethodError {
        @Override
        public String type() {
            return "invalidResultReference";
        }
    }

    /** There is no such account, or it is not this user's: which of the two is nobody's business. */
    record AccountNotFound() implements MethodError {
        @Override
        public String type() {
            return "accountNotFound";
        }
    }

    record RequestTooLarge(String description) implements MethodError {
        @Override
        public String type() {
            return "requestTooLarge";
        }
    }

    record UnsupportedFilter(String description) implements MethodError {
        @Override
        public String type() {
            return "unsupportedFilter";
        }
    }

    record UnsupportedSort(String description) implements MethodError {
        @Override
        public String type() {
            return "unsupportedSort";
        }
    }

    /** {@code ifInState} or {@code ifFromInState} names another state than there is (RFC 8620 §5.3, §5.4). */
    record StateMismatch(String description) implements MethodError {
        @Override
        public String type() {
            return "stateMismatch";
        }
    }

    /** RFC 8620 §5.2, §5.6: the client has to read anew. */
    record CannotCalculateChanges(String description) implements MethodError {
        @Override
        public String type() {
            return "cannotCalculateChanges";
        }
    }

    /** RFC 8620 §5.6. */
    record TooManyChanges(String description) implements MethodError {
        @Override
        public String type() {
            return "tooManyChanges";
        }
    }

    /** RFC 8620 §5.5. */
    record AnchorNotFound() implements MethodError {
        @Override
        public String type() {
            return "anchorNotFound";
        }
    }

    /** RFC 8620 §5.4; as {@link AccountNotFound}. */
    record FromAccountNotFound() implements MethodError {
        @Override
        public String type() {
            return "fromAccountNotFound";
        }
    }

    /** RFC 8620 §3.6.2. */
    record Forbidden(String description) implements MethodError {
        @Override
        public String type() {
            return "forbidden";
        }
    }

    /** RFC 9404 §4.3: the server has no such type, or the request does not use its capability. */
    record UnknownDataType(String description) implements MethodError {
        @Override
        public String type() {
            return "unknownDataType";
        }
    }

    /** Part of it may have been done: the client is to look (RFC 8620 §3.6.2). */
    record ServerPartialFail(String description) implements MethodError {
        @Override
        public String type() {
            return "serverPartialFail";
        }
    }

    record ServerUnavailable() implements MethodError {
        @Override
        public String type() {
            return "serverUnavailable";
        }
    }

    /** @param description has the failure's number in the server's log and nothing of its cause */
    record ServerFail(String description) implements MethodError {
        @Override
        public String type() {
            return "serverFail";
        }
    }

    default ObjectNode toJson() {
        var error = JsonNodeFactory.instance.objectNode().put("type", type());
        return description().isEmpty() ? error : error.put("description", description());
    }
}
