package org.merpati.core.imap.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.imap.response.Threads.Node;

/** The REFERENCES algorithm (RFC 5256 §3), step by step as it is numbered there. For one use. No step recurses: threads may be deep. */
final class ReferenceThreads {
    /** A message, or a dummy where one is missing. Siblings are linked, so that each can leave at once. */
    private static final class Link {
        final @Nullable ThreadedMessage message;
        final int order;

        @Nullable
        Link parent;

        @Nullable
        Link first;

        @Nullable
        Link last;

        @Nullable
        Link before;

        @Nullable
        Link after;

        Link(@Nullable ThreadedMessage message, int order) {
            this.message = message;
            this.order = order;
        }

        void add(Link child) {
            child.leave();
            child.parent = this;
            child.before = last;
            if (last == null) {
                first = child;
            } else {
                last.after = child;
            }
            last = child;
        }

        void leave() {
            if (parent == null) {
                return;
            }
            if (before == null) {
                parent.first = after;
            } else {
                before.after = after;
            }
            if (after == null) {
                parent.last = before;
            } else {
                after.before = before;
            }
            parent = null;
            before = null;
            after = null;
        }

        List<Link> children() {
            var children = new ArrayList<Link>();
            for (var child = first; child != null; child = child.after) {
                children.add(child);
            }
            return children;
        }

        boolean isWithin(Link ancestor) {
            if (ancestor.first == null) {
                return this == ancestor;
            }
            for (var at = this; at != null; at = at.parent) {
                if (at == ancestor) {
                    return true;
                }
            }
            return false;
        }

        void sort(List<Link> children) {
            first = null;
            last = null;
            for (var child : children) {
                child.parent = null;
                child.before = null;
                child.after = null;
                add(child);
            }
        }
    }

    /** A dummy counts as its first child. */
    private static final Comparator<Link> BY_DATE =
            Comparator.<Link>comparingLong(link -> message(link).sent()).thenComparingInt(link -> shown(link).order);

    private final Map<String, Link> byId = new HashMap<>();
    private final List<Link> all = new ArrayList<>();
    private final Link root = new Link(null, 0);

    List<Node> of(List<ThreadedMessage> messages) {
        link(messages);
        for (var link : all) { // step 2
            if (link.parent == null) {
                root.add(link);
            }
        }
        prune();
        sortAll(); // steps 4 and 6: what is below the root is in its last order already, but for what is merged
        merge();
        sortAll();
        return nodes();
    }

    /** Step 1. */
    private void link(List<ThreadedMessage> messages) {
        var own = new ArrayList<Link>(messages.size());
        for (var message : messages) {
            var link = added(message);
            own.add(link);
            if (!message.id().isEmpty()) {
                byId.putIfAbsent(message.id(), link); // a second one of that id has none
            }
        }
        for (int i = 0; i < messages.size(); i++) {
            var message = own.get(i);
            Link parent = null;
            for (var id : messages.get(i).references()) {
                var reference = byId.computeIfAbsent(id, missing -> added(null));
                if (parent != null && reference.parent == null && !parent.isWithin(reference)) {
                    parent.add(reference);
                }
                parent = reference;
            }
            if (parent == null) {
                message.leave();
            } else if (parent != message.parent && !parent.isWithin(message)) {
                parent.add(message);
            }
        }
    }

    private Link added(@Nullable ThreadedMessage message) {
        var link = new Link(message, all.size());
        all.add(link);
        return link;
    }

    /** Everything below the root, parents before their children. */
    private List<Link> below() {
        var found = new ArrayList<>(root.children());
        for (int i = 0; i < found.size(); i++) {
            found.addAll(found.get(i).children());
        }
        return found;
    }

    /** Step 3. */
    private void prune() {
        for (var link : below().reversed()) {
            if (link.message != null) {
                continue;
            }
            var children = link.children();
            var parent = link.parent;
            if (parent == null || (parent == root && children.size() > 1)) {
                continue;
            }
            link.leave();
            children.forEach(parent::add); // where among its siblings is settled by their dates
        }
    }

    /** Sorts all siblings, the youngest first, so that a dummy's first child is known when it is compared. */
    private void sortAll() {
        for (var link : below().reversed()) {
            sort(link);
        }
        sort(root);
    }

    private static void sort(Link link) {
        if (link.first != link.last) {
            var children = link.children();
            children.sort(BY_DATE);
            link.sort(children);
        }
    }

    /** The message, or a dummy's first child; dummies stand below the root only and have children. */
    private static Link shown(Link link) {
        var at = link;
        while (at.message == null && at.first != null) {
            at = at.first;
        }
        return at;
    }

    private static ThreadedMessage message(Link link) {
        return Objects.requireNonNull(shown(link).message, "a dummy without children");
    }

    /** Step 5. */
    private void merge() {
        var subjects = new HashMap<Collation, Link>();
        for (var current : root.children()) {
            var subject = Collation.of(message(current).subject().base());
            if (subject.equals(Collation.EMPTY)) {
                continue;
            }
            var known = subjects.get(subject);
            boolean better = known != null
                    && known.message != null
                    && (current.message == null || (isReply(known) && !isReply(current)));
            if (known == null || better) {
                subjects.put(subject, current);
            }
        }
        for (var current : root.children()) {
            var subject = Collation.of(message(current).subject().base());
            var known = subjects.get(subject);
            if (known != null && known != current && current.parent == root) {
                merge(current, known, subject, subjects);
            }
        }
    }

    private void merge(Link current, Link known, Collation subject, Map<Collation, Link> subjects) {
        if (current.message == null && known.message == null) {
            current.children().forEach(known::add);
            current.leave();
        } else if (known.message == null || (isReply(current) && !isReply(known))) {
            known.add(current);
        } else {
            var dummy = new Link(null, known.order);
            root.add(dummy);
            dummy.add(known);
            dummy.add(current);
            subjects.put(subject, dummy);
        }
    }

    private static boolean isReply(Link link) {
        return message(link).subject().replyOrForward();
    }

    private List<Node> nodes() {
        var answers = new HashMap<Link, List<Node>>();
        for (var link : below().reversed()) {
            var own = answers.remove(link);
            var message = link.message;
            var node = new Node(message == null ? 0 : message.number(), own == null ? List.of() : own.reversed());
            answers.computeIfAbsent(link.parent == null ? root : link.parent, parent -> new ArrayList<>())
                    .add(node);
        }
        return answers.getOrDefault(root, List.of()).reversed();
    }
}
