package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.merpati.lib.jmap.MethodException;

/** One method; safe for any number of calls at once. */
public interface JmapMethod {
    /** {@code Email/get}. */
    String name();

    /**
     * Answers a call. What it has answered before it throws is taken back, and an error is the answer instead.
     *
     * @param arguments with all result references resolved
     * @throws org.merpati.core.api.door.NotDone when the store could not answer
     * @throws IOException when octets could not be read or written
     */
    void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException;
}
