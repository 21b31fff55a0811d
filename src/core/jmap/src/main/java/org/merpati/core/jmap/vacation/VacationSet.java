package org.merpati.core.jmap.vacation;

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
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.SetType;
import org.merpati.core.jmap.UtcDate;
import org.merpati.core.store.Absences;
import org.merpati.core.store.Absences.Absence;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** VacationResponse/set (RFC 8621 §8.2). */
final class VacationSet implements SetType {
    private static final SetError SINGLETON = SetError.of("singleton", "there is always one, and never another");

    @Override
    public String name() {
        return "VacationResponse";
    }

    @Override
    public String state(Services services, AccountId account) {
        return VacationType.state(services.get(Absences.class).find(account).absence());
    }

    @Override
    public boolean changesItsAccountAlone() {
        return true;
    }

    @Override
    public Work begin(AccountId account, Arguments in, Call call) {
        return new VacationWork(account, call);
    }

    private record VacationWork(AccountId account, Call call) implements Work {
        @Override
        public Made create(ObjectNode object) throws SetException {
            throw new SetException(SINGLETON);
        }

        @Override
        public Map<String, Updated> update(SequencedMap<String, Patch> patches) {
            var results = new LinkedHashMap<String, Updated>();
            patches.forEach((id, patch) -> {
                try {
                    update(id, patch);
                    results.put(id, Updated.DONE);
                } catch (SetException e) {
                    results.put(id, new Updated.Refused(e.error()));
                }
            });
            return results;
        }

        private void update(String id, Patch patch) throws SetException {
            if (!id.equals(VacationType.ID)) {
                throw new SetException(SetError.NOT_FOUND);
            }
            var current = call.door()
                    .call(services -> services.get(Absences.class).find(account))
                    .orThrow()
                    .absence();
            var revision = VacationType.PROPERTIES.revised(id, current, patch);
            check(revision.after());
            if (revision.changed().isEmpty()) {
                return;
            }
            var whole = VacationType.PROPERTIES.json(id, current, VacationType.PROPERTIES.all());
            whole.setAll(revision.after());
            var absence = absence(whole);
            boolean there = call.door()
                    .call(services -> services.get(Absences.class).set(account, absence))
                    .orThrow();
            if (!there) {
                throw new SetException(SetError.forbidden("the account is gone"));
            }
        }

        @Override
        public Map<String, SetError> destroy(List<String> ids) {
            var refused = new HashMap<String, SetError>();
            ids.forEach(id -> refused.put(id, id.equals(VacationType.ID) ? SINGLETON : SetError.NOT_FOUND));
            return refused;
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
            case "isEnabled" -> value.isBoolean();
            case "fromDate", "toDate" -> value.isNull() || UtcDate.parse(value).isPresent();
            case "subject" ->
                value.isNull()
                        || (isText(value, Absences.LONGEST_SUBJECT)
                                && value.textValue().chars().noneMatch(Character::isISOControl));
            case "textBody", "htmlBody" -> value.isNull() || isText(value, Absences.LONGEST_BODY);
            default -> true; // unchanged, as somebody has looked
        };
    }

    /** Without NUL, which PostgreSQL has no texts with. */
    private static boolean isText(JsonNode value, int longest) {
        return value.isTextual()
                && value.textValue().length() <= longest
                && value.textValue().indexOf(0) < 0;
    }

    /** @param object checked, with all properties */
    private static Absence absence(ObjectNode object) {
        return new Absence(
                object.get("isEnabled").booleanValue(),
                UtcDate.parse(object.get("fromDate")),
                UtcDate.parse(object.get("toDate")),
                text(object.get("subject")),
                text(object.get("textBody")),
                text(object.get("htmlBody")));
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.ofNullable(value.textValue());
    }
}
