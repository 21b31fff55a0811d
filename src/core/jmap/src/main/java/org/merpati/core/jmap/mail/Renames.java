package org.merpati.core.jmap.mail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.MailboxId;

/**
 * The order in which Mailboxes are given names and parents in one call, so that each finds its place free if the final state
 * has it free (RFC 8620 §5.3): whoever leaves a place goes before whoever comes there. Where that goes round in a circle, as
 * when two Mailboxes swap their names, no order will do.
 */
final class Renames {
    /** Where a Mailbox stands. */
    record Place(Optional<MailboxId> parent, String name) {}

    /** @param ids each comes to the place of the next one, the last one to that of the first */
    record Circle(List<MailboxId> ids) {
        Circle {
            ids = List.copyOf(ids);
        }
    }

    private final Map<MailboxId, Place> wanted;
    private final Map<Place, MailboxId> taken = new HashMap<>();
    private final Map<MailboxId, MailboxId> parents = new HashMap<>();
    private final List<MailboxId> order = new ArrayList<>();
    private final List<Circle> circles = new ArrayList<>();
    private final List<MailboxId> begun = new ArrayList<>();
    private final Set<MailboxId> done = new HashSet<>();

    /** @param wanted of those that change their places */
    Renames(List<Box> boxes, Map<MailboxId, Place> wanted) {
        this.wanted = Map.copyOf(wanted);
        for (var box : boxes) {
            taken.put(new Place(box.parent(), box.name()), box.number());
            box.parent().ifPresent(parent -> parents.put(box.number(), parent));
        }
        wanted.keySet().forEach(this::visit);
    }

    List<MailboxId> order() {
        return List.copyOf(order);
    }

    List<Circle> circles() {
        return List.copyOf(circles);
    }

    private void visit(MailboxId id) {
        var place = wanted.get(id);
        if (place == null || begun.contains(id) || !done.add(id)) {
            return;
        }
        begun.add(id);
        var there = taken.get(place);
        if (there != null && !there.equals(id) && wanted.containsKey(there)) {
            if (begun.contains(there)) {
                circles.add(new Circle(begun.subList(begun.indexOf(there), begun.size())));
            } else {
                visit(there);
            }
        }
        place.parent().ifPresent(parent -> above(id, parent).forEach(this::visit));
        begun.removeLast();
        order.add(id);
    }

    /** The new parent and those above it, as far as they stand below the Mailbox now: they have to leave from there. */
    private List<MailboxId> above(MailboxId id, MailboxId parent) {
        var path = new ArrayList<MailboxId>();
        for (Optional<MailboxId> at = Optional.of(parent); at.isPresent(); at = at.map(parents::get)) {
            if (at.get().equals(id)) {
                return path;
            }
            path.add(at.get());
        }
        return List.of();
    }
}
