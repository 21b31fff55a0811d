package org.merpati.lib.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SequencedMap;

/** The arguments of every {@code /copy} (RFC 8620 §5.4). */
public record CopyCall(
        String fromAccountId,
        Optional<String> ifFromInState,
        String accountId,
        Optional<String> ifInState,
        SequencedMap<String, ObjectNode> create,
        boolean onSuccessDestroyOriginal,
        Optional<String> destroyFromIfInState) {
    public static CopyCall parse(Arguments in) throws MethodException {
        var call = new CopyCall(
                in.string("fromAccountId"),
                in.optionalString("ifFromInState"),
                in.string("accountId"),
                in.optionalString("ifInState"),
                in.objects("create"),
                in.flag("onSuccessDestroyOriginal", false),
                in.optionalString("destroyFromIfInState"));
        in.end();
        if (call.fromAccountId().equals(call.accountId())) {
            throw Arguments.invalid("\"fromAccountId\" and \"accountId\" must be two accounts");
        }
        return call;
    }
}
