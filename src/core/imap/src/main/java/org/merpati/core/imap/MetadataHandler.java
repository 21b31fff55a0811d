package org.merpati.core.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Annotations;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.core.store.Mailboxes.Update;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.GetMetadata;
import org.merpati.lib.imap.command.SetMetadata;
import org.merpati.lib.imap.response.MailboxResponse.Metadata;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/**
 * GETMETADATA and SETMETADATA (RFC 5464), and what LIST returns of them (RFC 9590). The server's private entries are the
 * account's own; shared ones would be everybody's, and nobody sets them here. A mailbox's {@code /private/specialuse} is what the
 * store knows it by (RFC 6154 §4).
 */
final class MetadataHandler {
    static final String SPECIAL_USE = "/private/specialuse";

    private final Conversation conversation;
    private final AccountId account;

    MetadataHandler(Conversation conversation) {
        this.conversation = conversation;
        this.account = conversation.account();
    }

    Completion get(GetMetadata command) throws IOException {
        var found = find(command.mailbox());
        if (found.isEmpty() && !isServer(command.mailbox())) {
            return ImapFailures.noSuchMailbox();
        }
        var all = all(found);
        var values = new LinkedHashMap<String, Optional<byte[]>>();
        long longest = 0;
        for (var name : command.entries()) {
            if (command.depth() == 0) {
                values.put(name, Optional.ofNullable(all.get(name)));
            } else {
                all.forEach((entry, value) -> {
                    if (isWithin(entry, name, command.depth())) {
                        values.put(entry, Optional.of(value));
                    }
                });
            }
        }
        if (command.maxSize().isPresent()) {
            long most = command.maxSize().getAsLong();
            longest = values.values().stream()
                    .flatMap(Optional::stream)
                    .mapToLong(value -> value.length)
                    .filter(length -> length > most)
                    .max()
                    .orElse(0);
            values.values()
                    .removeIf(value ->
                            value.filter(octets -> octets.length > most).isPresent());
        }
        send(command.mailbox(), values);
        return longest > 0
                ? Completion.ok(new ResponseCode.MetadataLongEntries(longest), "GETMETADATA completed")
                : Completion.ok("GETMETADATA completed");
    }

    /** The entries, with no value where there is none. */
    void send(Mailbox mailbox, List<String> entries) throws IOException {
        var all = all(Optional.of(mailbox));
        var values = new LinkedHashMap<String, Optional<byte[]>>();
        entries.forEach(entry -> values.put(entry, Optional.ofNullable(all.get(entry))));
        send(new MailboxName(mailbox.name()), values);
    }

    private void send(MailboxName mailbox, SequencedMap<String, Optional<byte[]>> values) throws IOException {
        if (!values.isEmpty()) {
            conversation.out().send(new Metadata(mailbox, values));
        }
    }

    Completion set(SetMetadata command) {
        var found = find(command.mailbox());
        if (found.isEmpty() && !isServer(command.mailbox())) {
            return ImapFailures.noSuchMailbox();
        }
        if (found.isPresent() && command.entries().containsKey(SPECIAL_USE)) {
            return specialUse(found.get(), command);
        }
        if (found.isEmpty() && command.entries().keySet().stream().anyMatch(entry -> entry.startsWith("/shared/"))) {
            return Completion.no(Plain.NOPERM, "What all users share of the server can't be set");
        }
        var set = conversation.call(
                services -> services.get(Annotations.class).set(account, found.map(Mailbox::id), command.entries()));
        return switch (set) {
            case Attempt.Made<Integer> done -> Completion.ok("SETMETADATA completed");
            case Attempt.Refused<Integer>(var why) -> ImapFailures.completion(why);
        };
    }

    /** Alone, as it may be refused when other entries have been set. */
    private Completion specialUse(Mailbox mailbox, SetMetadata command) {
        if (command.entries().size() > 1) {
            return Completion.no(Plain.CANNOT, SPECIAL_USE + " is to be set alone");
        }
        var uses = command.entries()
                .getOrDefault(SPECIAL_USE, Optional.empty())
                .map(value -> List.of(
                        new String(value, StandardCharsets.UTF_8).strip().split(" +")))
                .orElse(List.of());
        var role =
                uses.stream().allMatch(use -> use.startsWith("\\")) ? SpecialUse.role(uses) : Optional.<String>empty();
        if (role.isEmpty()) {
            return Completion.no(Plain.USEATTR, "No mailbox here can have that use");
        }
        var update = new Update(Optional.empty(), role, Optional.empty(), Optional.empty());
        var updated =
                conversation.call(services -> services.get(Mailboxes.class).update(account, mailbox.id(), update));
        return switch (updated) {
            case Attempt.Made<Mailbox> done -> Completion.ok("SETMETADATA completed");
            case Attempt.Refused<Mailbox>(var why) -> ImapFailures.completion(why);
        };
    }

    /** What INBOX has, its new mailbox gets too when INBOX is renamed (RFC 5464 §4.1). */
    Attempt<Integer> copy(MailboxId from, MailboxId to) {
        return conversation.call(services -> {
            var annotations = services.get(Annotations.class);
            var copies = new HashMap<String, Optional<byte[]>>();
            annotations.all(account, Optional.of(from)).forEach((name, value) -> copies.put(name, Optional.of(value)));
            return annotations.set(account, Optional.of(to), copies);
        });
    }

    private SortedMap<String, byte[]> all(Optional<Mailbox> mailbox) {
        SortedMap<String, byte[]> stored =
                conversation.call(services -> services.get(Annotations.class).all(account, mailbox.map(Mailbox::id)));
        var all = new TreeMap<>(stored);
        mailbox.flatMap(found -> SpecialUse.attribute(found.role()))
                .ifPresent(use -> all.put(SPECIAL_USE, use.getBytes(StandardCharsets.US_ASCII)));
        return all;
    }

    private static boolean isWithin(String entry, String name, int depth) {
        return entry.equals(name)
                || (entry.startsWith(name + "/") && (depth > 1 || entry.indexOf('/', name.length() + 1) < 0));
    }

    private static boolean isServer(MailboxName mailbox) {
        return mailbox.text().isEmpty();
    }

    private Optional<Mailbox> find(MailboxName name) {
        return isServer(name)
                ? Optional.empty()
                : conversation.call(services -> services.get(Mailboxes.class).find(account, name.text()));
    }
}
