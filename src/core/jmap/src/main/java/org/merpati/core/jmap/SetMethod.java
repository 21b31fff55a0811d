package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetCall;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/**
 * {@code Foo/set} for every data type (RFC 8620 §5.3): creates, then updates, then destroys. An object that refers to another
 * one of the same call is created after that.
 */
public final class SetMethod implements JmapMethod {
    private final SetType type;

    public SetMethod(SetType type) {
        this.type = type;
    }

    @Override
    public String name() {
        return type.name() + "/set";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var set = SetCall.parse(in);
        var account = call.account(set.accountId());
        var work = type.begin(account, in, call);
        in.end();
        if (set.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge(
                    "more than " + Limits.OBJECTS + " objects to create, update or destroy"));
        }
        var oldState = state(account, call);
        if (set.ifInState().isPresent() && !set.ifInState().get().equals(oldState)) {
            throw new MethodException(new MethodError.StateMismatch("the state is " + oldState));
        }
        var results = new SetResults();
        try {
            new Creating(work, set.create(), call.created(), results).run();
            update(work, set, call, results);
            destroy(work, set, call, results);
        } catch (NotDone e) {
            if (results.anyDone()) {
                throw new MethodException(new MethodError.ServerPartialFail("the store failed before all was done"));
            }
            throw e;
        }
        responses.add(results.json(set.accountId(), oldState, state(account, call)));
        work.end(results, responses);
    }

    private String state(AccountId account, Call call) {
        return call.door().call(services -> type.state(services, account)).orThrow();
    }

    /** Creates objects in an order in which those come first that others need. */
    private record Creating(
            SetType.Work work,
            Map<String, ObjectNode> objects,
            CreatedIds created,
            SetResults results,
            Set<String> begun) {
        Creating(SetType.Work work, Map<String, ObjectNode> objects, CreatedIds created, SetResults results) {
            this(work, objects, created, results, new HashSet<>());
        }

        void run() throws IOException {
            for (var creationId : objects.keySet()) {
                create(creationId);
            }
        }

        /** As deep as objects need one another, of which there are at most {@link Limits#OBJECTS}. */
        private void create(String creationId) throws IOException {
            var object = objects.get(creationId);
            if (object == null || !begun.add(creationId)) {
                return; // is there from before, is done, or needs itself: then its reference leads nowhere
            }
            for (var needed : work.needs(object)) {
                create(needed);
            }
            try {
                var made = work.create(object);
                created.put(creationId, made.id());
                results.created(creationId, made.untold());
            } catch (SetException e) {
                results.notCreated(creationId, e.error());
            }
        }
    }

    private static void update(SetType.Work work, SetCall set, Call call, SetResults results) throws IOException {
        var destroyed = new HashSet<String>();
        set.destroy().forEach(id -> call.created().resolve(id).ifPresent(destroyed::add));
        var patches = new LinkedHashMap<String, Patch>();
        for (var update : set.update().entrySet()) {
            var id = call.created().resolve(update.getKey());
            if (id.isEmpty()) {
                results.notUpdated(update.getKey(), SetError.NOT_FOUND);
            } else if (destroyed.contains(id.get())) {
                results.notUpdated(id.get(), SetError.WILL_DESTROY);
            } else {
                try {
                    patches.put(id.get(), Patch.parse(update.getValue()));
                } catch (SetException e) {
                    results.notUpdated(id.get(), e.error());
                }
            }
        }
        if (!patches.isEmpty()) {
            work.update(patches).forEach((id, updated) -> {
                switch (updated) {
                    case SetType.Updated.Done(var beside) -> results.updated(id, beside);
                    case SetType.Updated.Refused(var error) -> results.notUpdated(id, error);
                }
            });
        }
    }

    private static void destroy(SetType.Work work, SetCall set, Call call, SetResults results) throws IOException {
        var ids = new LinkedHashMap<String, String>();
        for (var given : set.destroy()) {
            call.created()
                    .resolve(given)
                    .ifPresentOrElse(
                            id -> ids.putIfAbsent(id, given), () -> results.notDestroyed(given, SetError.NOT_FOUND));
        }
        if (ids.isEmpty()) {
            return;
        }
        var refused = work.destroy(List.copyOf(ids.keySet()));
        for (var id : ids.keySet()) {
            var error = refused.get(id);
            if (error == null) {
                results.destroyed(id);
            } else {
                results.notDestroyed(id, error);
            }
        }
    }
}
