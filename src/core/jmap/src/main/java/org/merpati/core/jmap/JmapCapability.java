package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One capability: everything that it adds to the server (RFC 8620 §1.8, §9.4). */
public interface JmapCapability {
    String uri();

    /** What the session's {@code capabilities} say of it. */
    ObjectNode inSession();

    /** @param base of this server's absolute addresses, without a slash at its end */
    default ObjectNode inSession(URI base) {
        return inSession();
    }

    /** Whether this home has it now. */
    default boolean offered() {
        return true;
    }

    /** What an account's {@code accountCapabilities} say of it; empty when it has no methods on accounts. */
    Optional<ObjectNode> inAccount();

    List<JmapMethod> methods();

    /** The types that its methods read and that change: clients are told when they do. */
    default List<PushedType> pushed() {
        return List.of();
    }
}
