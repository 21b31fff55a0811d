package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Refusals;
import org.merpati.core.jmap.SetType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Mailboxes.Creation;
import org.merpati.core.store.Mailboxes.Mailbox;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** Mailbox/set (RFC 8621 §2.5). */
final class MailboxSet implements SetType {
    /** Octets of a name, without its parents' (RFC 8621 §1.3.1). */
    static final int LONGEST_NAME = 255;

    @Override
    public String name() {
        return "Mailbox";
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
    public Work begin(AccountId account, Arguments in, Call call) throws MethodException {
        return new MailboxWork(account, in.flag("onDestroyRemoveEmails", false), call);
    }

    private record MailboxWork(AccountId account, boolean withEmails, Call call) implements Work {
        @Override
        public List<String> needs(ObjectNode object) {
            var parent = object.path("parentId").asText("");
            return parent.startsWith("#") ? List.of(parent.substring(1)) : List.of();
        }

        @Override
        public Made create(ObjectNode given) throws SetException {
            var object = resolved(MailboxType.PROPERTIES.created(given));
            if (!object.has("name")) {
                throw new SetException(SetError.invalidProperty("name", "a Mailbox has a name"));
            }
            check(object);
            var creation = new Wanted(object);
            var made = door(services -> {
                var mailboxes = services.get(Mailboxes.class);
                var path = path(mailboxes, creation.parent(), creation.name());
                if (path.isEmpty()) {
                    return Result.refused(noParent());
                }
                var attempt = mailboxes.create(
                        account,
                        new Creation(path.get(), creation.role(), creation.sortOrder(), creation.subscribed()));
                return result(services, attempt, path.get());
            });
            var box = made.orThrow();
            return new Made(box.id(), MailboxType.PROPERTIES.untold(box.id(), box, given));
        }

        @Override
        public Map<String, Updated> update(SequencedMap<String, Patch> patches) {
            var results = new LinkedHashMap<String, Updated>();
            inOrder(patches).forEach((id, patch) -> {
                try {
                    update(id, patch);
                    results.put(id, Updated.DONE);
                } catch (SetException e) {
                    results.put(id, new Updated.Refused(e.error()));
                }
            });
            return results;
        }

        /** Renamed ones in an order in which they find their places free; those of a circle have them already. */
        private SequencedMap<String, Patch> inOrder(SequencedMap<String, Patch> patches) {
            if (patches.size() < 2) {
                return patches;
            }
            var boxes = door(services -> MailboxType.boxes(services, account));
            var places = new HashMap<MailboxId, Renames.Place>();
            for (var box : boxes) {
                var patch = patches.get(box.id());
                if (patch != null) {
                    place(box, patch).ifPresent(place -> places.put(box.number(), place));
                }
            }
            var renames = new Renames(boxes, places);
            renames.circles().forEach(circle -> turn(circle, places));
            var ordered = new LinkedHashMap<String, Patch>(patches);
            for (var number : renames.order()) {
                var id = IdKind.MAILBOX.id(number.value());
                Optional.ofNullable(patches.get(id)).ifPresent(patch -> ordered.putLast(id, patch));
            }
            return ordered;
        }

        /** Empty when it stays where it is, or is refused anyway. */
        private Optional<Renames.Place> place(Box box, Patch patch) {
            try {
                var revision = MailboxType.PROPERTIES.revised(box.id(), box, patch);
                var after = resolved(revision.after());
                check(after);
                var wanted = new Wanted(after);
                return revision.has("name") || revision.has("parentId")
                        ? Optional.of(new Renames.Place(
                                after.has("parentId") ? wanted.parent() : box.parent(),
                                after.has("name") ? wanted.name() : box.name()))
                        : Optional.empty();
            } catch (SetException e) {
                return Optional.empty();
            }
        }

        /** All or none: one steps aside, and the others follow into the place that is free then. */
        private void turn(Renames.Circle circle, Map<MailboxId, Renames.Place> places) {
            var aside = UUID.randomUUID().toString();
            door(services -> services.get(Accounts.class).hold(account, () -> {
                var mailboxes = services.get(Mailboxes.class);
                var last = circle.ids().getLast();
                var done = new ArrayList<Mailbox>();
                boolean turned = rename(mailboxes, last, Optional.of(aside), done);
                for (var id : circle.ids().reversed().subList(1, circle.ids().size())) {
                    turned = turned && rename(mailboxes, id, path(mailboxes, places.get(id)), done);
                }
                turned = turned && rename(mailboxes, last, path(mailboxes, places.get(last)), done);
                if (!turned) {
                    for (var before : done.reversed()) {
                        mailboxes.update(account, before.id(), Mailboxes.Update.renaming(before.name()));
                    }
                }
                return turned;
            }));
        }

        private boolean rename(Mailboxes mailboxes, MailboxId id, Optional<String> path, List<Mailbox> done) {
            var before = mailboxes.find(account, id);
            boolean renamed = before.isPresent()
                    && path.isPresent()
                    && mailboxes.update(account, id, Mailboxes.Update.renaming(path.get()))
                            instanceof Attempt.Made<Mailbox>;
            if (renamed) {
                done.add(before.orElseThrow());
            }
            return renamed;
        }

        private Optional<String> path(Mailboxes mailboxes, Renames.@Nullable Place place) {
            return place == null ? Optional.empty() : path(mailboxes, place.parent(), place.name());
        }

        private void update(String id, Patch patch) throws SetException {
            var current = door(services -> MailboxType.boxes(services, account)).stream()
                    .filter(box -> box.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new SetException(SetError.NOT_FOUND));
            var revision = MailboxType.PROPERTIES.revised(id, current, patch);
            var after = resolved(revision.after());
            check(after);
            var changed = revision.changed();
            if (changed.isEmpty()) {
                return;
            }
            var wanted = new Wanted(after);
            boolean moved = changed.contains("name") || changed.contains("parentId");
            var parent = after.has("parentId") ? wanted.parent() : current.parent();
            var name = after.has("name") ? wanted.name() : current.name();
            door(services -> {
                        var mailboxes = services.get(Mailboxes.class);
                        var path = moved ? path(mailboxes, parent, name) : Optional.of("");
                        if (path.isEmpty()) {
                            return Result.refused(noParent());
                        }
                        var attempt = mailboxes.update(
                                account,
                                current.number(),
                                new Mailboxes.Update(
                                        moved ? path : Optional.empty(),
                                        when(changed, "role", wanted::role),
                                        when(changed, "sortOrder", wanted::sortOrder),
                                        when(changed, "isSubscribed", wanted::subscribed)));
                        return result(services, attempt, path.get());
                    })
                    .orThrow();
        }

        private static <T> Optional<T> when(List<String> changed, String property, Supplier<T> value) {
            return changed.contains(property) ? Optional.of(value.get()) : Optional.empty();
        }

        /** Children before their parents. */
        @Override
        public Map<String, SetError> destroy(List<String> ids) {
            var boxes = door(services -> MailboxType.boxes(services, account)).stream()
                    .collect(Collectors.toMap(Box::id, Function.identity()));
            var refused = new HashMap<String, SetError>();
            var going = new ArrayList<Box>();
            for (var id : ids) {
                var box = boxes.get(id);
                if (box == null) {
                    refused.put(id, SetError.NOT_FOUND);
                } else {
                    going.add(box);
                }
            }
            going.sort(Comparator.comparingInt(Box::depth).reversed());
            for (var box : going) {
                remove(box).ifPresent(error -> refused.put(box.id(), error));
            }
            return refused;
        }

        private Optional<SetError> remove(Box box) {
            while (true) {
                var attempt = door(services -> {
                    // what is marked \Deleted is not there for us (RFC 8621 §4.1.1)
                    boolean empty = services.get(Mailboxes.class)
                            .find(account, box.number())
                            .map(now -> now.messages() == now.deleted())
                            .orElse(false);
                    return services.get(Mailboxes.class).remove(account, box.number(), withEmails || empty);
                });
                switch (attempt) {
                    case Attempt.Made<Boolean>(var gone) -> {
                        if (gone) {
                            return Optional.empty();
                        }
                    }
                    case Attempt.Refused<Boolean>(var why) -> {
                        return Optional.of(
                                why == Attempt.Refusal.NO_SUCH_MAILBOX ? SetError.NOT_FOUND : Refusals.error(why));
                    }
                }
            }
        }

        /** With the id of what was created under the creation id that it names. */
        private ObjectNode resolved(ObjectNode object) {
            var parent = object.path("parentId");
            if (parent.isTextual() && parent.textValue().startsWith("#")) {
                call.created().resolve(parent.textValue()).ifPresent(id -> object.put("parentId", id));
            }
            return object;
        }

        private static void check(ObjectNode object) throws SetException {
            var wrong = new ArrayList<String>();
            object.properties().forEach(property -> {
                if (!isValid(property.getKey(), property.getValue())) {
                    wrong.add(property.getKey());
                }
            });
            if (!wrong.isEmpty()) {
                throw new SetException(SetError.invalidProperties(wrong, "not what these properties can be"));
            }
        }

        private static boolean isValid(String property, JsonNode value) {
            return switch (property) {
                case "name" ->
                    value.isTextual()
                            && !value.textValue().isEmpty()
                            && value.textValue().indexOf('/') < 0
                            && value.textValue().getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
                case "parentId", "role" ->
                    value.isNull() || (value.isTextual() && !value.textValue().isEmpty());
                case "sortOrder" -> value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
                case "isSubscribed" -> value.isBoolean();
                default -> true; // unchanged, as somebody has looked
            };
        }

        /** Empty when the parent is none of the account's mailboxes. */
        private Optional<String> path(Mailboxes mailboxes, Optional<MailboxId> parent, String name) {
            return parent.isEmpty()
                    ? Optional.of(name)
                    : mailboxes.find(account, parent.get()).map(above -> above.name() + "/" + name);
        }

        private Result result(Services services, Attempt<Mailbox> attempt, String path) {
            return switch (attempt) {
                case Attempt.Made<Mailbox>(var mailbox) ->
                    new Result(
                            MailboxType.boxes(services, account).stream()
                                    .filter(box -> box.number().equals(mailbox.id()))
                                    .findFirst(),
                            SetError.NOT_FOUND);
                case Attempt.Refused<Mailbox>(var why) -> {
                    var taken = why == Attempt.Refusal.NAME_TAKEN
                            ? services.get(Mailboxes.class).find(account, path)
                            : Optional.<Mailbox>empty();
                    yield Result.refused(
                            taken.isPresent()
                                    ? SetError.alreadyExists(
                                            IdKind.MAILBOX.id(taken.get().id().value()),
                                            "there is a Mailbox of that name")
                                    : why == Attempt.Refusal.NO_SUCH_MAILBOX
                                            ? SetError.NOT_FOUND
                                            : Refusals.error(why));
                }
            };
        }

        private static SetError noParent() {
            return SetError.invalidProperty("parentId", "no Mailbox of this account");
        }

        private <T> T door(Unit<T> unit) {
            return call.door().call(unit).orThrow();
        }
    }

    /** The properties that clients set; checked before. */
    private record Wanted(ObjectNode object) {
        String name() {
            return object.path("name").asText("");
        }

        /** One that can't be an id is none of the account's. */
        Optional<MailboxId> parent() {
            var parent = object.path("parentId");
            return parent.isTextual()
                    ? Optional.of(new MailboxId(
                            IdKind.MAILBOX.parse(parent.textValue()).orElse(0)))
                    : Optional.empty();
        }

        String role() {
            var role = object.path("role");
            return role.isTextual() ? role.textValue() : "";
        }

        int sortOrder() {
            return object.path("sortOrder").asInt(0);
        }

        boolean subscribed() {
            return object.path("isSubscribed").asBoolean(true);
        }
    }

    private record Result(Optional<Box> box, SetError error) {
        static Result refused(SetError error) {
            return new Result(Optional.empty(), error);
        }

        Box orThrow() throws SetException {
            return box.orElseThrow(() -> new SetException(error));
        }
    }
}
