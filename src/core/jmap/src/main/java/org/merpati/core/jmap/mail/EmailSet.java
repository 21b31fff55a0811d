package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Refusals;
import org.merpati.core.jmap.SetType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.KeywordPatch;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/**
 * Email/set (RFC 8621 §4.6). Only keywords and mailboxIds of an Email change, and their patches go to the store as they are:
 * nothing is read for them.
 */
final class EmailSet implements SetType {
    @Override
    public String name() {
        return "Email";
    }

    @Override
    public String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }

    @Override
    public boolean changesItsAccountAlone() {
        return true;
    }

    @Override
    public Work begin(AccountId account, Arguments in, Call call) {
        return new EmailWork(account, new NewEmails(account, call), call);
    }

    private record EmailWork(AccountId account, NewEmails emails, Call call) implements Work {
        @Override
        public Made create(ObjectNode object) throws SetException, IOException {
            return emails.create(object);
        }

        @Override
        public Map<String, Updated> update(SequencedMap<String, Patch> patches) throws IOException {
            var results = new LinkedHashMap<String, Updated>();
            var updates = new ArrayList<Emails.Update>();
            var others = new LinkedHashMap<String, List<Patch.Change>>();
            for (var patch : patches.entrySet()) {
                try {
                    var changes = new Changed(call);
                    for (var change : patch.getValue().changes()) {
                        changes.add(change);
                    }
                    updates.add(changes.update(new EmailId(number(patch.getKey()))));
                    if (!changes.others.isEmpty()) {
                        others.put(patch.getKey(), changes.others);
                    }
                } catch (SetException e) {
                    results.put(patch.getKey(), new Updated.Refused(e.error()));
                }
            }
            refused(others).forEach((id, error) -> results.put(id, new Updated.Refused(error)));
            updates.removeIf(
                    update -> results.containsKey(IdKind.EMAIL.id(update.id().value())));
            if (!updates.isEmpty()) {
                var answers = call.door()
                        .call(services -> services.get(Emails.class).update(account, updates))
                        .orThrow();
                answers.forEach((id, answer) -> results.put(IdKind.EMAIL.id(id.value()), updated(answer)));
            }
            return results;
        }

        private static Updated updated(Attempt<?> answer) {
            return switch (answer) {
                case Attempt.Made<?> made -> Updated.DONE;
                case Attempt.Refused<?>(var why) -> new Updated.Refused(Refusals.error(why));
            };
        }

        private static long number(String id) throws SetException {
            return IdKind.EMAIL.parse(id).orElseThrow(() -> new SetException(SetError.NOT_FOUND));
        }

        /** Clients may pass whole objects back: what never changes has to be as it is (RFC 8620 §5.3). */
        private Map<String, SetError> refused(Map<String, List<Patch.Change>> others) throws IOException {
            var refused = new HashMap<String, SetError>();
            for (var other : others.entrySet()) {
                var wrong = new ArrayList<String>();
                var current = current(other.getKey(), other.getValue());
                for (var change : other.getValue()) {
                    if (!Patch.same(change.value(), current.path(change.property()))) {
                        wrong.add(change.property());
                    }
                }
                if (current.isEmpty()) {
                    refused.put(other.getKey(), SetError.NOT_FOUND);
                } else if (!wrong.isEmpty()) {
                    refused.put(
                            other.getKey(),
                            SetError.invalidProperties(wrong, "only keywords and mailboxIds of an Email change"));
                }
            }
            return refused;
        }

        /** The properties that are known; with its id, if there is such an Email. */
        private ObjectNode current(String id, List<Patch.Change> changes) throws IOException {
            var wanted = new ArrayList<String>();
            for (var change : changes) {
                if (isKnown(change.property())) {
                    wanted.add(change.property());
                }
            }
            try {
                var nothing = new Arguments(JsonNodeFactory.instance.objectNode());
                var view = new EmailType().view(Optional.of(wanted), nothing);
                var loaded = call.door()
                        .call(services -> view.load(services, account, List.of(id)))
                        .orThrow();
                return loaded.records().isEmpty()
                        ? JsonNodeFactory.instance.objectNode()
                        : view.json(loaded.records().getFirst(), call);
            } catch (MethodException e) {
                throw new IllegalStateException(e); // each of them was tried
            }
        }

        private static boolean isKnown(String property) {
            try {
                new EmailReader(List.of(property), new Arguments(JsonNodeFactory.instance.objectNode()));
                return true;
            } catch (MethodException e) {
                return false;
            }
        }

        @Override
        public Map<String, SetError> destroy(List<String> ids) {
            var gone = new HashSet<String>();
            call.door()
                    .call(services -> services.get(Emails.class).destroy(account, EmailType.numbers(ids)))
                    .orThrow()
                    .forEach(id -> gone.add(IdKind.EMAIL.id(id.value())));
            var refused = new HashMap<String, SetError>();
            for (var id : ids) {
                if (!gone.contains(id)) {
                    refused.put(id, SetError.NOT_FOUND);
                }
            }
            return refused;
        }
    }

    /** What one patch changes. */
    private static final class Changed {
        private final Call call;
        private final Set<Keyword> keywords = new HashSet<>();
        private final Set<Keyword> noKeywords = new HashSet<>();
        private final Set<MailboxId> mailboxes = new HashSet<>();
        private final Set<MailboxId> noMailboxes = new HashSet<>();
        private final List<Patch.Change> others = new ArrayList<>();
        private boolean allKeywords;
        private boolean allMailboxes;

        Changed(Call call) {
            this.call = call;
        }

        void add(Patch.Change change) throws SetException {
            var path = change.path();
            var value = change.value();
            boolean whole = path.size() == 1;
            switch (change.property()) {
                case "keywords" -> {
                    if (whole) {
                        allKeywords = true;
                        keywords.addAll(whole(change));
                    } else {
                        member(change, "keywords");
                        (isSet("keywords", value) ? keywords : noKeywords).add(Given.keyword(path.get(1)));
                    }
                }
                case "mailboxIds" -> {
                    if (whole) {
                        allMailboxes = true;
                        var email = JsonNodeFactory.instance.objectNode();
                        email.set("mailboxIds", value);
                        mailboxes.addAll(Given.mailboxes(email, call));
                    } else {
                        member(change, "mailboxIds");
                        (isSet("mailboxIds", value) ? mailboxes : noMailboxes).add(Given.mailbox(path.get(1), call));
                    }
                }
                default -> {
                    if (!whole) {
                        throw new SetException(within(change));
                    }
                    others.add(change);
                }
            }
        }

        /** Beside these two, an Email's properties are lists and plain values, which no path leads into (RFC 8620 §5.3). */
        private static SetError within(Patch.Change change) {
            return switch (change.property()) {
                case "bodyValues", "bodyStructure" ->
                    SetError.invalidProperty(change.property(), "only keywords and mailboxIds of an Email change");
                default -> SetError.invalidPatch("\"" + change.property() + "\" has nothing that a path leads to");
            };
        }

        private static Set<Keyword> whole(Patch.Change change) throws SetException {
            var email = JsonNodeFactory.instance.objectNode();
            email.set("keywords", change.value());
            return Given.keywords(email).orElse(Set.of());
        }

        private static void member(Patch.Change change, String property) throws SetException {
            if (change.path().size() > 2) {
                throw new SetException(SetError.invalidPatch(property + " has nothing but true in it"));
            }
        }

        /** True, or null to remove it. */
        private static boolean isSet(String property, JsonNode value) throws SetException {
            if (!value.isNull()) {
                Given.requireTrue(property, value);
            }
            return !value.isNull();
        }

        Emails.Update update(EmailId id) {
            return new Emails.Update(
                    id,
                    new KeywordPatch(allKeywords, keywords, noKeywords),
                    new MailboxPatch(allMailboxes, mailboxes, noMailboxes));
        }
    }
}
