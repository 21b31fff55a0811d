package org.merpati.core.jmap.vacation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.watch.Change;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Properties;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.View;
import org.merpati.core.store.Absences;
import org.merpati.core.store.Absences.Absence;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.json.JsonWriter;

/** VacationResponse (RFC 8621 §8): one for an account, never made and never destroyed. */
final class VacationType implements DataType<Absence>, PushedType {
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

    /** Of what it says, so that other changes of the account are none of its. */
    static String state(Absence one) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(JsonWriter.bytes(PROPERTIES.json(ID, one, PROPERTIES.all())));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public Set<Change.Kind> kinds() {
        return Set.of(Change.Kind.VACATION);
    }

    @Override
    public String state(Services services, AccountId account) {
        return state(services.get(Absences.class).find(account).absence());
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
            return new Loaded<>(ids.contains(ID) ? List.of(found.absence()) : List.of(), state(found.absence()));
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
