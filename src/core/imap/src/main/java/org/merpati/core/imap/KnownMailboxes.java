package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;

/**
 * All mailboxes of an account as a client has been told of them. A look costs what has changed since the one before, not the
 * number of mailboxes.
 */
final class KnownMailboxes {
    /** Asking for so many one by one costs less than reading all. */
    private static final int FEW = 50;

    /**
     * What became of one.
     *
     * @param before null when it is new
     * @param now null when it is gone
     */
    record Step(@Nullable Mailbox before, @Nullable Mailbox now) {}

    private record Found(Collection<Mailbox> mailboxes, Collection<MailboxId> gone, ModSeq state) {}

    private final Map<MailboxId, Mailbox> known = new HashMap<>();
    private final NavigableMap<String, MailboxId> names = new TreeMap<>();
    private ModSeq since = new ModSeq(0);

    Collection<Mailbox> all() {
        return known.values();
    }

    Optional<Mailbox> find(MailboxId id) {
        return Optional.ofNullable(known.get(id));
    }

    Optional<Mailbox> find(String name) {
        return Optional.ofNullable(names.get(name)).flatMap(this::find);
    }

    boolean hasChildren(String name) {
        var next = names.ceilingKey(name + "/");
        return next != null && next.startsWith(name + "/");
    }

    /** Looks at what has changed, and knows it then. */
    List<Step> look(Conversation conversation) {
        var account = conversation.account();
        var found = conversation.call(services -> {
            var mailboxes = services.get(Mailboxes.class);
            var changes = known.isEmpty() ? Optional.<Mailboxes.Changes>empty() : mailboxes.changes(account, since);
            return changes.isEmpty()
                    ? everything(mailboxes.list(account))
                    : changed(changes.get(), id -> mailboxes.find(account, id), () -> mailboxes.list(account));
        });
        since = found.state;
        var steps = new ArrayList<Step>();
        found.gone.forEach(id -> {
            var before = known.remove(id);
            if (before != null) {
                names.remove(before.name(), id);
                steps.add(new Step(before, null));
            }
        });
        found.mailboxes.forEach(now -> {
            var before = known.put(now.id(), now);
            if (before != null) {
                names.remove(before.name(), now.id());
            }
            if (!now.equals(before)) {
                steps.add(new Step(before, now));
            }
        });
        found.mailboxes.forEach(now -> names.put(now.name(), now.id()));
        return steps;
    }

    /** Where the history does not reach back: what is not there is gone. */
    private Found everything(List<Mailbox> all) {
        var gone = new HashSet<>(known.keySet());
        all.forEach(mailbox -> gone.remove(mailbox.id()));
        // one statement has read them: whatever is committed later has a greater modseq than all of them
        var state = all.stream().map(Mailbox::modSeq).max(ModSeq::compareTo).orElse(since);
        return new Found(all, gone, state);
    }

    private static Found changed(
            Mailboxes.Changes changes, Function<MailboxId, Optional<Mailbox>> one, Supplier<List<Mailbox>> all) {
        var ids = new ArrayList<>(changes.created());
        ids.addAll(changes.updated());
        var wanted = new HashSet<>(ids);
        var mailboxes = ids.size() > FEW
                ? all.get().stream()
                        .filter(mailbox -> wanted.contains(mailbox.id()))
                        .toList()
                : ids.stream().map(one).flatMap(Optional::stream).toList();
        return new Found(mailboxes, changes.destroyed(), changes.state());
    }
}
