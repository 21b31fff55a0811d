package org.merpati.core.jmap.vacation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Properties;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.View;
import org.merpati.core.store.Absences;
import org.merpati.core.store.Absences.Absence;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** VacationResponse (RFC 8621 §8): one for an account, never made and never destroyed. */
final class VacationType implements DataType<Absence> {
    static final String ID = "singleton";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final Properties<Absence> PROPERTIES = new Properties<Absence>()
            .client("isEnabled", one -> JSON.booleanNode(one.enabled()), JSON.booleanNode(false))
            .client("fromDate", one -> text(one.starts()), JSON.nullNode())
            .client("toDate", one -> text(one.ends()), JSON.nullNode())
            .client("subject", one -> text(one.subject()), JSON.nullNode())
            .client("textBody", one -> text(one.textBody()), JSON.nullNode())
            .client("htmlBody", one -> text(one.htmlBody()), JSON.nullNode());

    private static JsonNode text(Optional<?> value) {
        return value.<JsonNode>map(one -> JSON.textNode(one.toString())).orElseGet(JSON::nullNode);
    }

    @Override
    public String name() {
        return "VacationResponse";
    }

    @Override
    public View<Absence> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new VacationView(PROPERTIES.wanted(properties));
    }

    private record VacationView(SequencedSet<String> wanted) implements View<Absence> {
        @Override
        public int page() {
            return Limits.OBJECTS;
        }

        @Override
        public Loaded<Absence> load(Services services, AccountId account, List<String> ids) {
            var found = services.get(Absences.class).find(account);
            return new Loaded<>(ids.contains(ID) ? List.of(found.absence()) : List.of(), States.of(found.state()));
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            return Optional.of(List.of(ID));
        }

        @Override
        public String id(Absence one) {
            return ID;
        }

        @Override
        public ObjectNode json(Absence one, Call call) {
            return PROPERTIES.json(ID, one, wanted);
        }
    }
}
