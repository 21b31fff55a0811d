package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.CopyCall;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** {@code Foo/copy} for every data type (RFC 8620 §5.4). */
public final class CopyMethod implements JmapMethod {
    private final CopyType type;

    public CopyMethod(CopyType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return type.name() + "/copy";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var copy = CopyCall.parse(new Arguments(arguments));
        var from = call.fromAccount(copy.fromAccountId());
        var to = call.account(copy.accountId());
        if (copy.create().size() > Limits.OBJECTS) {
            throw new MethodException(
                    new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " objects to copy"));
        }
        require(copy.ifFromInState(), state(from, call));
        var oldState = state(to, call);
        require(copy.ifInState(), oldState);

        var results = new SetResults();
        var originals = new ArrayList<String>();
        for (var wanted : copy.create().entrySet()) {
            try {
                var id = wanted.getValue().path("id");
                if (!id.isTextual()) {
                    throw new SetException(SetError.invalidProperty("id", "the id of what is to be copied"));
                }
                var original = call.created().resolve(id.textValue()).orElse("");
                var made = type.copy(from, original, to, wanted.getValue(), call);
                call.created().put(wanted.getKey(), made.id());
                results.created(wanted.getKey(), made.untold());
                originals.add(original);
            } catch (SetException e) {
                results.notCreated(wanted.getKey(), e.error());
            }
        }
        var response = JsonNodeFactory.instance.objectNode().put("fromAccountId", copy.fromAccountId());
        response.setAll(results.creations(copy.accountId(), oldState, state(to, call)));
        responses.add(response);
        if (copy.onSuccessDestroyOriginal() && !originals.isEmpty()) {
            var set = JsonNodeFactory.instance.objectNode().put("accountId", copy.fromAccountId());
            copy.destroyFromIfInState().ifPresent(state -> set.put("ifInState", state));
            originals.forEach(set.putArray("destroy")::add);
            responses.then(type.name() + "/set", set);
        }
    }

    private String state(AccountId account, Call call) {
        return call.door().call(services -> type.state(services, account)).orThrow();
    }

    private static void require(Optional<String> wanted, String state) throws MethodException {
        if (wanted.isPresent() && !wanted.get().equals(state)) {
            throw new MethodException(new MethodError.StateMismatch("the state is " + state));
        }
    }
}
