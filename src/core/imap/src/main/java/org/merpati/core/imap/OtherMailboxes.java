package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.imap.KnownMailboxes.Step;
import org.merpati.core.store.Annotations;
import org.merpati.core.store.Annotations.Stamp;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.EventGroup;
import org.merpati.lib.imap.command.NotifyEvent;
import org.merpati.lib.imap.response.MailboxResponse;

/**
 * Tells a client of mailboxes that it has not selected, and of all mailboxes' names, subscriptions and annotations, as it has
 * asked for by NOTIFY (RFC 5465 §5).
 *
 * <p>Departs from RFC 5465 §5 (a client SHOULD not be told of what it did itself) where it copies or appends to another mailbox:
 * it hears of that one's new state, as it can't know it.
 */
final class OtherMailboxes {
    private final List<EventGroup> groups;
    private final KnownMailboxes known = new KnownMailboxes();
    private final Set<String> own = new HashSet<>();
    private Set<Stamp> annotations = Set.of();

    OtherMailboxes(List<EventGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    /**
     * Looks at the mailboxes as they are now, from which on they are watched.
     *
     * @param status whether the client is to be told how they are
     */
    void begin(Conversation conversation, boolean status, Optional<MailboxId> selected) throws IOException {
        known.look(conversation);
        if (watchesAnnotations()) {
            annotations = stamps(conversation);
        }
        if (status) {
            var all = known.all().stream()
                    .filter(mailbox -> selected.isEmpty() || !selected.get().equals(mailbox.id()))
                    .sorted(Comparator.comparing(Mailbox::name))
                    .toList();
            for (var mailbox : all) {
                var items = StatusNews.all(events(mailbox));
                if (!items.isEmpty()) {
                    conversation.out().send(StatusNews.response(mailbox, items));
                }
            }
        }
    }

    /** The client itself is about to do something to mailboxes of these names, and hears nothing of it. */
    void own(List<String> names) {
        own.clear();
        own.addAll(names);
    }

    /** Its name among those that {@link #own} takes. */
    static String annotation(String mailbox, String entry) {
        return mailbox + '\0' + entry;
    }

    /** @param annotated whether annotations may have changed */
    void tell(Conversation conversation, Optional<MailboxId> selected, boolean annotated) throws IOException {
        var steps = known.look(conversation);
        tellNames(conversation, steps);
        for (var step : steps) {
            var now = step.now();
            if (now != null && (selected.isEmpty() || !selected.get().equals(now.id()))) {
                var items = StatusNews.of(step.before(), now, events(now), conversation.enabled());
                if (!items.isEmpty()) {
                    conversation.out().send(StatusNews.response(now, items));
                }
            }
        }
        if (annotated && watchesAnnotations()) {
            tellAnnotations(conversation);
        }
        own.clear();
    }

    private Set<NotifyEvent> events(Mailbox mailbox) {
        var events = EnumSet.noneOf(NotifyEvent.class);
        for (var group : groups) {
            if (MailboxFilters.means(group.mailboxes(), mailbox, Optional.empty())) {
                events.addAll(group.events());
            }
        }
        return events;
    }

    /** Whether the client wants to hear of it, as it was or as it is. */
    private boolean wants(NotifyEvent event, @Nullable Mailbox before, @Nullable Mailbox now) {
        return (before != null && events(before).contains(event))
                || (now != null && events(now).contains(event));
    }

    private void tellNames(Conversation conversation, List<Step> steps) throws IOException {
        var listed = new TreeSet<String>();
        var parents = new TreeSet<String>();
        var renamed = new HashMap<String, String>();
        for (var step : steps) {
            var before = step.before();
            var now = step.now();
            if (before != null && now != null && !before.name().equals(now.name())) {
                renamed.put(before.name(), now.name());
            }
        }
        for (var step : steps) {
            var before = step.before();
            var now = step.now();
            if (now == null && before != null && !own.contains(before.name())) {
                if (wants(NotifyEvent.MAILBOX_NAME, before, null)) {
                    list(conversation, before, List.of("\\NonExistent"), Optional.empty());
                }
                parent(before.name()).ifPresent(parents::add);
            } else if (before == null && now != null && !isOwn(now.name())) {
                if (wants(NotifyEvent.MAILBOX_NAME, null, now)) {
                    list(conversation, now, List.of(), Optional.empty());
                    listed.add(now.name());
                }
                parent(now.name()).ifPresent(parents::add);
            } else if (before != null && now != null && !own.contains(now.name())) {
                tellChanged(conversation, before, now, renamed);
            }
        }
        parents.removeAll(listed);
        for (var name : parents) { // they have gained or lost a child
            var parent = known.find(name);
            if (parent.isPresent() && wants(NotifyEvent.MAILBOX_NAME, null, parent.get())) {
                list(conversation, parent.get(), List.of(), Optional.empty());
            }
        }
    }

    private void tellChanged(Conversation conversation, Mailbox before, Mailbox now, Map<String, String> renamed)
            throws IOException {
        boolean named = !before.name().equals(now.name())
                && !isRenamedWithItsParent(before, now, renamed)
                && wants(NotifyEvent.MAILBOX_NAME, before, now);
        boolean subscribed =
                before.subscribed() != now.subscribed() && wants(NotifyEvent.SUBSCRIPTION_CHANGE, before, now);
        if (named || subscribed) {
            var old = named ? Optional.of(new MailboxName(before.name())) : Optional.<MailboxName>empty();
            list(conversation, now, List.of(), old);
        }
        if (!before.role().equals(now.role()) && wants(NotifyEvent.MAILBOX_METADATA_CHANGE, before, now)) {
            conversation
                    .out()
                    .send(new MailboxResponse.MetadataChanged(
                            new MailboxName(now.name()), List.of(MetadataHandler.SPECIAL_USE)));
        }
    }

    /** Nothing is said of children then (RFC 5465 §5.4), unless their parent is not spoken of. */
    private boolean isRenamedWithItsParent(Mailbox before, Mailbox now, Map<String, String> renamed) {
        var parent = parent(before.name());
        var moved = parent.map(renamed::get);
        return parent.isPresent()
                && moved.isPresent()
                && now.name()
                        .equals(moved.get()
                                + before.name().substring(parent.get().length()))
                && known.find(moved.get())
                        .filter(above -> events(above).contains(NotifyEvent.MAILBOX_NAME))
                        .isPresent();
    }

    private static Optional<String> parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(name.substring(0, slash));
    }

    /** Parents are made with a mailbox. */
    private boolean isOwn(String made) {
        return own.stream().anyMatch(name -> name.equals(made) || name.startsWith(made + "/"));
    }

    private void list(Conversation conversation, Mailbox mailbox, List<String> first, Optional<MailboxName> oldName)
            throws IOException {
        var attributes = new ArrayList<>(first);
        SpecialUse.attribute(mailbox.role()).ifPresent(attributes::add);
        if (first.isEmpty()) {
            attributes.add(known.hasChildren(mailbox.name()) ? "\\HasChildren" : "\\HasNoChildren");
        }
        if (mailbox.subscribed()) {
            attributes.add("\\Subscribed");
        }
        conversation
                .out()
                .send(new MailboxResponse.Listed(attributes, new MailboxName(mailbox.name()), List.of(), oldName));
    }

    private boolean watchesAnnotations() {
        return groups.stream()
                .anyMatch(group -> group.events().contains(NotifyEvent.MAILBOX_METADATA_CHANGE)
                        || group.events().contains(NotifyEvent.SERVER_METADATA_CHANGE));
    }

    private static Set<Stamp> stamps(Conversation conversation) {
        return conversation.call(services -> services.get(Annotations.class).stamps(conversation.account()));
    }

    private void tellAnnotations(Conversation conversation) throws IOException {
        var now = stamps(conversation);
        var changed = new HashSet<>(now);
        changed.removeAll(annotations);
        annotations.stream().filter(stamp -> !now.contains(stamp)).forEach(changed::add);
        annotations = now;
        var entries = new TreeMap<String, Set<String>>(); // by mailbox; of no characters: the server's
        for (var stamp : changed) {
            var mailbox = stamp.mailbox().flatMap(known::find);
            boolean wanted = stamp.mailbox().isEmpty()
                    ? groups.stream().anyMatch(group -> group.events().contains(NotifyEvent.SERVER_METADATA_CHANGE))
                    : wants(NotifyEvent.MAILBOX_METADATA_CHANGE, null, mailbox.orElse(null));
            var name = mailbox.map(Mailbox::name).orElse("");
            if (wanted && !own.contains(annotation(name, stamp.entry()))) {
                entries.computeIfAbsent(name, any -> new TreeSet<>()).add(stamp.entry());
            }
        }
        for (var entry : entries.entrySet()) {
            conversation
                    .out()
                    .send(new MailboxResponse.MetadataChanged(
                            new MailboxName(entry.getKey()), List.copyOf(entry.getValue())));
        }
    }
}
