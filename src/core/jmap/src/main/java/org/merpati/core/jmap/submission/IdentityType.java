package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.ChangingType;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Properties;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.View;
import org.merpati.core.store.Identities;
import org.merpati.core.store.Identities.Identity;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** Identity (RFC 8621 §6): its properties, and what changes of it. */
final class IdentityType implements DataType<Identity>, ChangingType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final Properties<Identity> PROPERTIES = new Properties<Identity>()
            .client("name", one -> JSON.textNode(one.settings().name()), JSON.textNode(""))
            .immutable("email", one -> JSON.textNode(one.email().toString()))
            .client("replyTo", one -> list(one.settings().replyTo()), JSON.nullNode())
            .client("bcc", one -> list(one.settings().bcc()), JSON.nullNode())
            .client("textSignature", one -> JSON.textNode(one.settings().textSignature()), JSON.textNode(""))
            .client("htmlSignature", one -> JSON.textNode(one.settings().htmlSignature()), JSON.textNode(""))
            .server("mayDelete", one -> JSON.booleanNode(!one.isOwn()));

    @Override
    public String name() {
        return "Identity";
    }

    static String id(IdentityId id) {
        return IdKind.IDENTITY.id(id.value());
    }

    private static JsonNode list(Optional<String> addresses) {
        return addresses.map(StoredJson::value).orElseGet(JSON::nullNode);
    }

    @Override
    public Optional<Delta> changes(Services services, AccountId account, ModSeq since, int limit) {
        return services.get(Identities.class)
                .changes(account, since, limit)
                .map(changes -> new Delta(
                        ids(changes.created()),
                        ids(changes.updated()),
                        ids(changes.destroyed()),
                        changes.state(),
                        changes.more(),
                        JSON.objectNode()));
    }

    private static List<String> ids(List<IdentityId> numbers) {
        return numbers.stream().map(IdentityType::id).toList();
    }

    @Override
    public View<Identity> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new IdentityView(PROPERTIES.wanted(properties));
    }

    private record IdentityView(SequencedSet<String> wanted) implements View<Identity> {
        @Override
        public int page() {
            return Limits.OBJECTS;
        }

        @Override
        public Loaded<Identity> load(Services services, AccountId account, List<String> ids) {
            var some = new HashSet<>(ids);
            var listed = services.get(Identities.class).list(account);
            var found = listed.identities().stream()
                    .filter(one -> some.contains(id(one)))
                    .toList();
            return new Loaded<>(found, States.of(listed.state()));
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            return Optional.of(services.get(Identities.class).list(account).identities().stream()
                    .map(this::id)
                    .toList());
        }

        @Override
        public String id(Identity one) {
            return IdentityType.id(one.id());
        }

        @Override
        public ObjectNode json(Identity one, Call call) {
            return PROPERTIES.json(id(one), one, wanted);
        }
    }
}
