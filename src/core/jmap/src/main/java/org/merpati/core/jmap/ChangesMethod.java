package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Changes;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/**
 * {@code Foo/changes} for every data type (RFC 8620 §5.2).
 *
 * <p>Where more changed at once than the client takes, it gets the first ids, by their order as text, and an intermediate state
 * {@code since-upto-id}: from there on it is told of the ids after that one, and then of what came after {@code upto}. An id that
 * changes meanwhile is told of again.
 */
public final class ChangesMethod implements JmapMethod {
    private final ChangingType type;

    public ChangesMethod(ChangingType type) {
        this.type = type;
    }

    /** @param upTo with {@code after}, of an intermediate state */
    private record Since(ModSeq since, Optional<ModSeq> upTo, String after) {
        static Optional<Since> parse(String state) {
            var parts = state.split("-", 3);
            var since = States.parse(parts[0]);
            if (parts.length == 1) {
                return since.map(known -> new Since(known, Optional.empty(), ""));
            }
            var upTo = States.parse(parts[1]);
            return since.isEmpty() || upTo.isEmpty() || parts.length < 3
                    ? Optional.empty()
                    : since.map(known -> new Since(known, upTo, parts[2]));
        }
    }

    @Override
    public String name() {
        return type.name() + "/changes";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var changes = Changes.parse(in);
        var account = call.account(changes.accountId());
        in.end();
        int most = (int) Math.min(changes.maxChanges().orElse((long) Limits.CHANGES), Limits.CHANGES);
        var since = Since.parse(changes.sinceState()).orElseThrow(ChangesMethod::unknown);
        var delta = call.door()
                .call(services -> type.changes(services, account, since.since(), most))
                .orThrow()
                .orElseThrow(ChangesMethod::unknown);

        var ids = new TreeSet<String>();
        List.of(delta.created(), delta.updated(), delta.destroyed()).forEach(ids::addAll);
        var after = ids.tailSet(since.after(), since.after().isEmpty());
        boolean cut = after.size() > most;
        var last = cut ? after.stream().skip(most - 1L).findFirst().orElseThrow() : "";
        var upTo = since.upTo().orElse(delta.state());
        var response = JsonNodeFactory.instance.objectNode();
        response.put("accountId", changes.accountId());
        response.put("oldState", changes.sinceState());
        response.put("newState", cut ? States.of(since.since()) + "-" + States.of(upTo) + "-" + last : States.of(upTo));
        response.put("hasMoreChanges", cut || delta.more() || upTo.compareTo(delta.state()) < 0);
        var told = cut ? after.headSet(last, true) : after;
        put(response, "created", delta.created(), told);
        put(response, "updated", delta.updated(), told);
        put(response, "destroyed", delta.destroyed(), told);
        response.setAll(delta.beside());
        responses.add(response);
    }

    private static void put(ObjectNode response, String name, List<String> ids, Set<String> told) {
        var list = response.putArray(name);
        ids.stream().filter(told::contains).forEach(list::add);
    }

    private static MethodException unknown() {
        return new MethodException(
                new MethodError.CannotCalculateChanges("what changed since that state is not known any more"));
    }
}
