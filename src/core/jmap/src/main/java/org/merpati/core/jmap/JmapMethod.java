package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.merpati.lib.jmap.MethodException;

/** One method; safe for any number of calls at once. */
public interface JmapMethod {
    /** {@code Email/get}. */
    String name();

    /**
     * The arguments of the response, which carries the method's own name.
     *
     * @param arguments with all result references resolved
     * @throws org.merpati.core.api.door.NotDone when the store could not answer
     */
    ObjectNode call(ObjectNode arguments, Call call) throws MethodException;
}
