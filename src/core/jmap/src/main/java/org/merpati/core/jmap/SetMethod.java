package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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
 * one of the same call is created after that. What is refused only because an object stands in its way that the same call
 * changes or destroys is tried once more when that has happened: the final state counts.
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
        if (set.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge(
                    "more than " + Limits.OBJECTS + " objects to create, update or destroy"));
        }
        var condition = IfInState.of(set.ifInState(), account, type::state, call, type.changesItsAccountAlone());
        var work = type.begin(account, in, condition.call());
        in.end();
        var results = new SetResults();
        try {
            var creating = new Creating(work, set.create(), call.created(), results, leaving(set, call));
            creating.run();
            var blocked = update(work, set, call, results);
            destroy(work, set, call, results);
            update(work, blocked, results);
            creating.again();
        } catch (NotDone e) {
            throw condition.stopped(e, results.anyDone());
        }
        responses.add(results.json(set.accountId(), condition.oldState(), state(account, call)));
        work.end(results, responses);
    }

    private String state(AccountId account, Call call) {
        return call.door().call(services -> type.state(services, account)).orThrow();
    }

    /** Ids of objects that may be gone or different in the end. */
    private static Set<String> leaving(SetCall set, Call call) {
        var leaving = destroyed(set, call);
        set.update().keySet().forEach(id -> call.created().resolve(id).ifPresent(leaving::add));
        return leaving;
    }

    private static Set<String> destroyed(SetCall set, Call call) {
        var destroyed = new HashSet<String>();
        set.destroy().forEach(id -> call.created().resolve(id).ifPresent(destroyed::add));
        return destroyed;
    }

    private static boolean isBlocked(SetError error, Set<String> leaving) {
        return error.existingId().filter(leaving::contains).isPresent();
    }

    /** Creates objects in an order in which those come first that others need. */
    private record Creating(
            SetType.Work work,
            Map<String, ObjectNode> objects,
            CreatedIds created,
            SetResults results,
            Set<String> leaving,
            Set<String> begun,
            Set<String> blocked) {
        Creating(
                SetType.Work work,
                Map<String, ObjectNode> objects,
                CreatedIds created,
                SetResults results,
                Set<String> leaving) {
            this(work, objects, created, results, leaving, new HashSet<>(), new HashSet<>());
        }

        void run() throws IOException {
            for (var creationId : objects.keySet()) {
                create(creationId);
            }
        }

        /** What was in the way may have gone. */
        void again() throws IOException {
            if (!blocked.isEmpty()) {
                begun.removeAll(blocked);
                leaving.clear();
                blocked.clear();
                run();
            }
        }

        /** As deep as objects need one another, of which there are at most {@link Limits#OBJECTS}. */
        private void create(String creationId) throws IOException {
            var object = objects.get(creationId);
            if (object == null || !begun.add(creationId)) {
                return; // is there from before, is done, or needs itself: then its reference leads nowhere
            }
            var needed = work.needs(object);
            for (var one : needed) {
                create(one);
            }
            if (needed.stream().anyMatch(blocked::contains)) {
                blocked.add(creationId);
                return;
            }
            try {
                var made = work.create(object);
                created.put(creationId, made.id());
                results.created(creationId, made.untold());
            } catch (SetException e) {
                results.notCreated(creationId, e.error());
                if (isBlocked(e.error(), leaving)) {
                    blocked.add(creationId);
                }
            }
        }
    }

    /** Those that something to be destroyed stands in the way of. */
    private static SequencedMap<String, Patch> update(SetType.Work work, SetCall set, Call call, SetResults results)
            throws IOException {
        var destroyed = destroyed(set, call);
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
        var blocked = update(work, patches, results);
        blocked.values().removeIf(error -> !isBlocked(error, destroyed));
        patches.keySet().retainAll(blocked.keySet());
        return patches;
    }

    /** Why not, for those that were refused. */
    private static Map<String, SetError> update(
            SetType.Work work, SequencedMap<String, Patch> patches, SetResults results) throws IOException {
        var refused = new HashMap<String, SetError>();
        if (!patches.isEmpty()) {
            work.update(patches).forEach((id, updated) -> {
                switch (updated) {
                    case SetType.Updated.Done(var beside) -> results.updated(id, beside);
                    case SetType.Updated.Refused(var error) -> {
                        results.notUpdated(id, error);
                        refused.put(id, error);
                    }
                }
            });
        }
        return refused;
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
