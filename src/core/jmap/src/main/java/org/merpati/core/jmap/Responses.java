package org.merpati.core.jmap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.merpati.lib.jmap.MethodException;

/** Where a method puts its answer. */
public interface Responses {
    /** Writes the arguments of a response, one object, bit by bit: nobody has to hold all of it. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException, MethodException;
    }

    /** The response under the method's own name. */
    void write(Body body) throws IOException, MethodException;

    /** The same for what is small. */
    default void add(ObjectNode arguments) throws IOException, MethodException {
        write(json -> json.writeTree(arguments));
    }

    /**
     * Calls that method when this one has answered, for the same call id: its response comes after (RFC 8620 §5.4). It needs no
     * capability of its own.
     */
    void then(String method, ObjectNode arguments);
}
