package org.merpati.core.jmap.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.GetMethod;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Responses;
import org.merpati.lib.jmap.MethodException;

/** Quota/get (RFC 9425 §4.2): what there is depends on what the request uses. */
final class QuotaGet implements JmapMethod {
    @Override
    public String name() {
        return "Quota/get";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        new GetMethod<>(new QuotaType(call)).call(arguments, call, responses);
    }
}
