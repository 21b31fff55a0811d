package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Refusals;
import org.merpati.core.jmap.SetType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Identities;
import org.merpati.core.store.Identities.Identity;
import org.merpati.core.store.Identities.Settings;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** Identity/set (RFC 8621 §6.3). */
final class IdentitySet implements SetType {
    @Override
    public String name() {
        return "Identity";
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
        return new IdentityWork(account, call);
    }

    private record IdentityWork(AccountId account, Call call) implements Work {
        @Override
        public Made create(ObjectNode given) throws SetException {
            var object = IdentityType.PROPERTIES.created(given);
            check(object);
            var email = object.path("email").asText("");
            var address = EmailAddress.parse(email)
                    .orElseThrow(() -> new SetException(
                            email.startsWith("*@")
                                    ? forbiddenFrom(email)
                                    : SetError.invalidProperty("email", "an email address")));
            if (!Senders.mayUse(call, address)) {
                throw new SetException(forbiddenFrom(email));
            }
            var settings = settings(object);
            return switch (door(services -> services.get(Identities.class).create(account, address, settings))) {
                case Attempt.Made<Identity>(var made) -> {
                    var id = IdentityType.id(made.id());
                    yield new Made(id, IdentityType.PROPERTIES.untold(id, made, given));
                }
                case Attempt.Refused<Identity>(var why) -> throw new SetException(Refusals.error(why));
            };
        }

        private static SetError forbiddenFrom(String email) {
            return SetError.of("forbiddenFrom", "<" + email + "> is not an address of yours");
        }

        @Override
        public Map<String, Updated> update(SequencedMap<String, Patch> patches) {
            var there = byId();
            var results = new LinkedHashMap<String, Updated>();
            patches.forEach((id, patch) -> {
                try {
                    update(id, Optional.ofNullable(there.get(id)), patch);
                    results.put(id, Updated.DONE);
                } catch (SetException e) {
                    results.put(id, new Updated.Refused(e.error()));
                }
            });
            return results;
        }

        private void update(String id, Optional<Identity> found, Patch patch) throws SetException {
            var current = found.orElseThrow(() -> new SetException(SetError.NOT_FOUND));
            var revision = IdentityType.PROPERTIES.revised(id, current, patch);
            check(revision.after());
            if (revision.changed().isEmpty()) {
                return;
            }
            var whole = IdentityType.PROPERTIES.json(id, current, IdentityType.PROPERTIES.all());
            whole.setAll(revision.after());
            var settings = settings(whole);
            if (!door(services -> services.get(Identities.class).update(account, current.id(), settings))) {
                throw new SetException(SetError.NOT_FOUND);
            }
        }

        @Override
        public Map<String, SetError> destroy(List<String> ids) {
            var there = byId();
            var refused = new HashMap<String, SetError>();
            for (var id : ids) {
                var identity = there.get(id);
                if (identity != null && identity.isOwn()) {
                    refused.put(id, SetError.forbidden("everybody keeps the identity of their own address"));
                } else if (identity == null
                        || !door(services -> services.get(Identities.class).destroy(account, identity.id()))) {
                    refused.put(id, SetError.NOT_FOUND);
                }
            }
            return refused;
        }

        private Map<String, Identity> byId() {
            var all = new HashMap<String, Identity>();
            door(services -> services.get(Identities.class).list(account))
                    .identities()
                    .forEach(one -> all.put(IdentityType.id(one.id()), one));
            return all;
        }

        private <T> T door(Unit<T> unit) {
            return call.door().call(unit).orThrow();
        }
    }

    private static void check(ObjectNode object) throws SetException {
        var wrong = new ArrayList<String>();
        object.properties().forEach(property -> {
            if (!isValid(property.getKey(), property.getValue())) {
                wrong.add(property.getKey());
            }
        });
        if (!wrong.isEmpty()) {
            throw new SetException(SetError.invalidProperties(wrong, "not what these properties can be, or too long"));
        }
    }

    private static boolean isValid(String property, JsonNode value) {
        return switch (property) {
            case "name" ->
                value.isTextual()
                        && value.textValue().length() <= Identities.LONGEST_NAME
                        && value.textValue().chars().noneMatch(Character::isISOControl);
            case "email" -> value.isTextual();
            case "replyTo", "bcc" -> value.isNull() || AddressList.read(value).isPresent();
            case "textSignature", "htmlSignature" ->
                value.isTextual()
                        && value.textValue().length() <= Identities.LONGEST
                        && value.textValue().indexOf(0) < 0; // which PostgreSQL has no texts with
            default -> true; // unchanged, as somebody has looked
        };
    }

    /** @param object checked, with all properties */
    private static Settings settings(ObjectNode object) {
        return new Settings(
                object.get("name").textValue(),
                AddressList.read(object.get("replyTo")).map(StoredJson::text),
                AddressList.read(object.get("bcc")).map(StoredJson::text),
                object.get("textSignature").textValue(),
                object.get("htmlSignature").textValue());
    }
}
