package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Collation;
import org.merpati.core.jmap.Ids;
import org.merpati.core.jmap.QueryType;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Comparison;
import org.merpati.lib.jmap.Filter;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** Mailbox/query and Mailbox/queryChanges (RFC 8621 §2.3, §2.4). */
final class MailboxQuery implements QueryType {
    @Override
    public String name() {
        return "Mailbox";
    }

    @Override
    public Search search(Optional<JsonNode> filter, List<Comparison> sort, Arguments in, Call call)
            throws MethodException {
        Filter<Predicate<Box>> conditions = Filter.parse(filter, condition -> condition(condition, call));
        return new MailboxSearch(
                conditions, order(sort), in.flag("sortAsTree", false), in.flag("filterAsTree", false), call);
    }

    private static Predicate<Box> condition(Arguments in, Call call) throws MethodException {
        Predicate<Box> all = box -> true;
        if (in.has("parentId")) {
            var given = in.optionalString("parentId");
            var parent = given.map(
                    id -> new MailboxId(call.number(IdKind.MAILBOX, id).orElse(-1)));
            all = all.and(box -> box.parent().equals(parent));
        }
        var name = in.optionalString("name");
        if (name.isPresent()) {
            var part = name.get().toLowerCase(Locale.ROOT);
            all = all.and(box -> box.name().toLowerCase(Locale.ROOT).contains(part));
        }
        if (in.has("role")) {
            var role = in.optionalString("role");
            all = all.and(box -> box.role().equals(role));
        }
        if (in.any("hasAnyRole").isPresent()) {
            boolean any = in.flag("hasAnyRole", true);
            all = all.and(box -> box.role().isPresent() == any);
        }
        if (in.any("isSubscribed").isPresent()) {
            boolean subscribed = in.flag("isSubscribed", true);
            all = all.and(box -> box.mailbox().subscribed() == subscribed);
        }
        return all;
    }

    /** Where it says nothing the order is that of the list: INBOX first, then by paths. */
    private static Comparator<Box> order(List<Comparison> sort) throws MethodException {
        Comparator<Box> order = Comparator.comparingInt(box -> 0);
        for (var comparison : sort) {
            Comparator<Box> next = switch (comparison.property()) {
                case "name" -> {
                    var collation = Collation.of(comparison.collation());
                    yield Comparator.comparing(box -> collation.key(box.name()), Collation.ORDER);
                }
                case "sortOrder" -> Comparator.comparingInt(box -> box.mailbox().sortOrder());
                default ->
                    throw new MethodException(
                            new MethodError.UnsupportedSort("a Mailbox is sorted by name and sortOrder"));
            };
            order = order.thenComparing(comparison.ascending() ? next : next.reversed());
        }
        return order;
    }

    private record MailboxSearch(
            Filter<Predicate<Box>> filter, Comparator<Box> order, boolean sortAsTree, boolean filterAsTree, Call call)
            implements Search {
        private record Listed(List<Box> boxes, ModSeq state) {}

        @Override
        public boolean knowsChanges() {
            return true;
        }

        @Override
        public Found run(AccountId account) {
            var listed = listed(account);
            return new Found(Ids.of(found(listed.boxes()).stream().map(Box::id).toList()), listed.state());
        }

        private Listed listed(AccountId account) {
            return call.door()
                    .call(services -> {
                        var state = services.get(Emails.class).state(account); // too old at worst
                        return new Listed(MailboxType.boxes(services, account), state);
                    })
                    .orThrow();
        }

        private List<Box> found(List<Box> all) {
            var found = new ArrayList<Box>();
            if (sortAsTree) {
                var children = all.stream().collect(Collectors.groupingBy(Box::parent));
                children.values().forEach(siblings -> siblings.sort(order));
                descend(Optional.empty(), children, found);
            } else {
                found.addAll(all);
                found.sort(order);
            }
            var matching = matching(all);
            found.removeIf(box -> !matching.contains(box.number()));
            return found;
        }

        private static void descend(
                Optional<MailboxId> parent, Map<Optional<MailboxId>, List<Box>> children, List<Box> into) {
            for (var box : children.getOrDefault(parent, List.of())) {
                into.add(box);
                descend(Optional.of(box.number()), children, into);
            }
        }

        private Set<MailboxId> matching(List<Box> all) {
            var matching = new HashSet<MailboxId>();
            var byDepth = new ArrayList<>(all);
            byDepth.sort(Comparator.comparingInt(Box::depth));
            for (var box : byDepth) {
                boolean above = !filterAsTree
                        || box.parent().isEmpty()
                        || matching.contains(box.parent().get());
                if (above && matches(filter, box)) {
                    matching.add(box.number());
                }
            }
            return matching;
        }

        private static boolean matches(Filter<Predicate<Box>> filter, Box box) {
            return switch (filter) {
                case Filter.Condition<Predicate<Box>>(var condition) -> condition.test(box);
                case Filter.Combined<Predicate<Box>>(var operator, var conditions) ->
                    switch (operator) {
                        case AND -> conditions.stream().allMatch(one -> matches(one, box));
                        case OR -> conditions.stream().anyMatch(one -> matches(one, box));
                        case NOT -> conditions.stream().noneMatch(one -> matches(one, box));
                    };
            };
        }

        /** In a tree a Mailbox moves with those above it; so if anything has changed there, all may have moved. */
        @Override
        public Optional<Moved> moved(AccountId account, ModSeq since) {
            var changes = call.door()
                    .call(services -> services.get(Mailboxes.class).changes(account, since))
                    .orThrow();
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            var now = changes.get();
            var there = new HashSet<>(MailboxType.ids(now.created()));
            if (!now.onlyCounts()) {
                there.addAll(MailboxType.ids(now.updated()));
            }
            boolean tree = sortAsTree || filterAsTree;
            if (tree && (!there.isEmpty() || !now.destroyed().isEmpty())) {
                listed(account).boxes().forEach(box -> there.add(box.id()));
            }
            return Optional.of(new Moved(there, new HashSet<>(MailboxType.ids(now.destroyed())), now.state()));
        }
    }
}
