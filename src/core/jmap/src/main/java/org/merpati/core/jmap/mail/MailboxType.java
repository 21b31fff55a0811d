package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Supplier;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.ChangingType;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.Properties;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.View;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** Mailbox (RFC 8621 §2): its properties, and what changes of it. */
final class MailboxType implements DataType<Box>, ChangingType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> COUNTS = List.of("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");

    static final Properties<Box> PROPERTIES = new Properties<Box>()
            .client("name", box -> JSON.textNode(box.name()))
            .client(
                    "parentId",
                    box -> box.parent()
                            .<JsonNode>map(id -> JSON.textNode(IdKind.MAILBOX.id(id.value())))
                            .orElseGet(JSON::nullNode),
                    JSON.nullNode())
            .client("role", box -> box.role().<JsonNode>map(JSON::textNode).orElseGet(JSON::nullNode), JSON.nullNode())
            .client("sortOrder", box -> JSON.numberNode(box.mailbox().sortOrder()), JSON.numberNode(0))
            .server("totalEmails", box -> JSON.numberNode(box.emails()))
            .server("unreadEmails", box -> JSON.numberNode(box.counts().unreadEmails()))
            .server("totalThreads", box -> JSON.numberNode(box.counts().totalThreads()))
            .server("unreadThreads", box -> JSON.numberNode(box.counts().unreadThreads()))
            .server("myRights", MailboxType::rights)
            .client("isSubscribed", box -> JSON.booleanNode(box.mailbox().subscribed()), JSON.booleanNode(true));

    private final MailboxCounts counts = new MailboxCounts();

    @Override
    public String name() {
        return "Mailbox";
    }

    @Override
    public View<Box> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new MailboxView(PROPERTIES.wanted(properties));
    }

    /** All of an account's mailboxes; inside the door. */
    static List<Box> boxes(Services services, AccountId account) {
        return Box.of(services.get(Mailboxes.class).list(account), Map.of());
    }

    /** The owner of an account may do everything, and nobody else sees it. */
    private static JsonNode rights(Box box) {
        var rights = JSON.objectNode();
        for (var right : List.of(
                "mayReadItems", "mayAddItems", "mayRemoveItems", "maySetSeen", "maySetKeywords", "mayCreateChild")) {
            rights.put(right, true);
        }
        rights.put("mayRename", !box.isInbox());
        rights.put("mayDelete", !box.isInbox());
        return rights.put("maySubmit", true);
    }

    /** RFC 8621 §2.2. All that changed comes at once: {@link org.merpati.core.jmap.ChangesMethod} divides it. */
    @Override
    public Optional<Delta> changes(Services services, AccountId account, ModSeq since, int limit) {
        return services.get(Mailboxes.class).changes(account, since).map(changes -> {
            var beside = JSON.objectNode();
            if (changes.onlyCounts() && !changes.updated().isEmpty()) {
                COUNTS.forEach(beside.putArray("updatedProperties")::add);
            } else {
                beside.putNull("updatedProperties");
            }
            return new Delta(
                    ids(changes.created()),
                    ids(changes.updated()),
                    ids(changes.destroyed()),
                    changes.state(),
                    false,
                    beside);
        });
    }

    static List<String> ids(List<MailboxId> numbers) {
        return numbers.stream().map(id -> IdKind.MAILBOX.id(id.value())).toList();
    }

    private final class MailboxView implements View<Box> {
        private final SequencedSet<String> wanted;
        private final boolean counted;
        private Supplier<Map<MailboxId, MailboxCounts.Counts>> numbers = Map::of;

        MailboxView(SequencedSet<String> wanted) {
            this.wanted = wanted;
            this.counted = COUNTS.subList(1, COUNTS.size()).stream().anyMatch(wanted::contains);
        }

        @Override
        public int page() {
            return Emails.PAGE;
        }

        @Override
        public Loaded<Box> load(Services services, AccountId account, List<String> ids) {
            Set<String> some = new HashSet<>(ids);
            var state = services.get(Emails.class).state(account); // before the records: too old at worst
            if (ids.isEmpty()) {
                return new Loaded<>(List.of(), States.of(state));
            }
            var mailboxes = services.get(Mailboxes.class).list(account);
            if (counted) {
                numbers = counts.known(account, state)
                        .map(known -> (Supplier<Map<MailboxId, MailboxCounts.Counts>>) () -> known)
                        .orElseGet(() -> counted(services, account, mailboxes));
            }
            var boxes = Box.of(mailboxes, Map.of()).stream()
                    .filter(box -> some.contains(box.id()))
                    .toList();
            return new Loaded<>(boxes, States.of(state));
        }

        /** The indexes as they are now; they are counted outside the door, when the first number is asked for. */
        private Supplier<Map<MailboxId, MailboxCounts.Counts>> counted(
                Services services, AccountId account, List<Mailboxes.Mailbox> mailboxes) {
            var trash = mailboxes.stream()
                    .filter(mailbox -> mailbox.role().equals("trash"))
                    .map(Mailboxes.Mailbox::id)
                    .findFirst();
            var indexes = services.get(Emails.class).indexes(account);
            return () -> counts.count(account, indexes, trash);
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            var ids = boxes(services, account).stream().map(Box::id).toList();
            return ids.size() > limit ? Optional.empty() : Optional.of(ids);
        }

        @Override
        public String id(Box one) {
            return one.id();
        }

        @Override
        public ObjectNode json(Box one, Call call) {
            if (!counted) {
                return PROPERTIES.json(one.id(), one, wanted);
            }
            var all = numbers.get();
            numbers = () -> all;
            var counts = all.getOrDefault(one.number(), MailboxCounts.Counts.NONE);
            return PROPERTIES.json(one.id(), new Box(one.mailbox(), one.parent(), counts), wanted);
        }
    }
}
