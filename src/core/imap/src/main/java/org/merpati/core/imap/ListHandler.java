package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.ListMailboxes;
import org.merpati.lib.imap.command.ListReturn;
import org.merpati.lib.imap.command.ListSelection;
import org.merpati.lib.imap.command.ListSubscribed;
import org.merpati.lib.imap.response.MailboxResponse;

/** LIST and LSUB (RFC 9051 §6.3.9, RFC 5258, RFC 3501 §6.3.9). */
final class ListHandler {
    /** @param mailbox null for a name that is subscribed to, or above one that is, and no mailbox's */
    private record Entry(String name, @Nullable Mailbox mailbox, boolean subscribed) {
        boolean meets(Set<ListSelection> selection) {
            boolean special =
                    mailbox != null && SpecialUse.attribute(mailbox.role()).isPresent();
            return selection.contains(ListSelection.SUBSCRIBED)
                    ? subscribed && (special || !selection.contains(ListSelection.SPECIAL_USE))
                    : mailbox != null && (special || !selection.contains(ListSelection.SPECIAL_USE));
        }
    }

    /** INBOX first, then by name, as the store has it. */
    private static final Comparator<String> ORDER =
            Comparator.comparing((String name) -> !name.equals("INBOX")).thenComparing(Comparator.naturalOrder());

    private final Conversation conversation;
    private final StatusHandler status;

    ListHandler(Conversation conversation) {
        this.conversation = conversation;
        this.status = new StatusHandler(conversation);
    }

    Completion list(ListMailboxes command) throws IOException {
        if (!command.extended() && command.patterns().getFirst().isEmpty()) {
            conversation.out().send(new MailboxResponse.Root(false));
            return Completion.ok("LIST completed");
        }
        var patterns = command.patterns().stream()
                .filter(pattern -> !pattern.isEmpty())
                .map(pattern -> new MailboxPattern(command.reference(), pattern))
                .toList();
        var entries = entries(command.selection());
        var withChildren = parents(entries.stream()
                .filter(entry -> entry.mailbox != null)
                .map(Entry::name)
                .toList());
        var below = new HashSet<String>(); // names above a mailbox that is meant
        var unlisted = new HashSet<String>(); // and above one that no pattern brings up
        if (command.selection().contains(ListSelection.RECURSIVEMATCH)) {
            for (var entry : entries) {
                if (entry.meets(command.selection())) {
                    below.addAll(parents(entry.name));
                    if (!matches(patterns, entry.name)) {
                        unlisted.addAll(parents(entry.name));
                    }
                }
            }
        }
        for (var entry : entries) {
            boolean met = entry.meets(command.selection());
            if ((met || unlisted.contains(entry.name)) && matches(patterns, entry.name)) {
                conversation
                        .out()
                        .send(new MailboxResponse.Listed(
                                attributes(entry, command, withChildren.contains(entry.name)),
                                new MailboxName(entry.name),
                                below.contains(entry.name) ? childInfo(command.selection()) : List.of(),
                                Optional.empty()));
                if (met && entry.mailbox != null) {
                    sendStatus(entry.mailbox, command.returning());
                }
            }
        }
        return Completion.ok("LIST completed");
    }

    private void sendStatus(Mailbox mailbox, ListReturn returning) throws IOException {
        if (!returning.status().isEmpty()) {
            conversation.out().send(status.status(new MailboxName(mailbox.name()), mailbox, returning.status()));
        }
    }

    private static boolean matches(List<MailboxPattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    private static List<String> childInfo(Set<ListSelection> selection) {
        return selection.stream()
                .filter(ListSelection::isBase)
                .sorted()
                .map(ListSelection::token)
                .toList();
    }

    private static List<String> attributes(Entry entry, ListMailboxes command, boolean hasChildren) {
        var attributes = new ArrayList<String>();
        if (entry.mailbox == null) {
            attributes.add("\\NonExistent");
        } else {
            SpecialUse.attribute(entry.mailbox.role()).ifPresent(attributes::add);
        }
        attributes.add(hasChildren ? "\\HasChildren" : "\\HasNoChildren");
        boolean told = command.selection().contains(ListSelection.SUBSCRIBED)
                || command.returning().subscribed();
        if (told && entry.subscribed) {
            attributes.add("\\Subscribed");
        }
        return attributes;
    }

    private List<Entry> entries(Set<ListSelection> selection) {
        var entries = new TreeMap<String, Entry>(ORDER);
        boolean subscribed = selection.contains(ListSelection.SUBSCRIBED);
        if (subscribed) {
            var orphans = orphans();
            if (selection.contains(ListSelection.RECURSIVEMATCH)) {
                parents(orphans).forEach(name -> entries.put(name, new Entry(name, null, false)));
            }
            orphans.forEach(name -> entries.put(name, new Entry(name, null, true)));
        }
        mailboxes()
                .forEach(mailbox ->
                        entries.put(mailbox.name(), new Entry(mailbox.name(), mailbox, mailbox.subscribed())));
        return List.copyOf(entries.values());
    }

    /** With IMAP4rev2, which has no LSUB, the lines are those of LIST. */
    Completion subscribed(ListSubscribed command) throws IOException {
        if (command.pattern().isEmpty()) {
            conversation.out().send(new MailboxResponse.Root(!rev2()));
            return Completion.ok("LSUB completed");
        }
        var pattern = new MailboxPattern(command.reference(), command.pattern());
        var names = new TreeMap<String, Boolean>(ORDER); // whether there is such a mailbox
        orphans().forEach(name -> names.put(name, false));
        mailboxes().stream().filter(Mailbox::subscribed).forEach(mailbox -> names.put(mailbox.name(), true));
        var lines = new TreeMap<String, Boolean>(ORDER);
        names.forEach((name, exists) -> {
            pattern.matchingParents(name).forEach(parent -> lines.putIfAbsent(parent, false));
            if (pattern.matches(name)) {
                lines.put(name, exists);
            }
        });
        for (var line : lines.entrySet()) {
            var name = new MailboxName(line.getKey());
            var attributes = new ArrayList<String>();
            if (!line.getValue()) {
                attributes.add("\\Noselect"); // RFC 3501 §6.3.9
            }
            if (rev2()) {
                if (names.containsKey(line.getKey())) {
                    attributes.add("\\Subscribed");
                }
                conversation.out().send(new MailboxResponse.Listed(attributes, name));
            } else {
                conversation.out().send(new MailboxResponse.Subscribed(attributes, name));
            }
        }
        return Completion.ok("LSUB completed");
    }

    private boolean rev2() {
        return conversation.enabled().has(Feature.IMAP4REV2);
    }

    private List<Mailbox> mailboxes() {
        return conversation.call(services -> services.get(Mailboxes.class).list(conversation.account()));
    }

    private List<String> orphans() {
        return conversation.call(
                services -> services.get(Mailboxes.class).orphanedSubscriptions(conversation.account()));
    }

    private static Set<String> parents(List<String> names) {
        var parents = new TreeSet<String>();
        names.forEach(name -> parents.addAll(parents(name)));
        return parents;
    }

    private static List<String> parents(String name) {
        var parents = new ArrayList<String>();
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            parents.add(name.substring(0, slash));
        }
        return parents;
    }
}
