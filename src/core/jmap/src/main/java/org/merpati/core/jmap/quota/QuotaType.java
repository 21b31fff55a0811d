package org.merpati.core.jmap.quota;

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
import org.merpati.core.jmap.View;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** Quota (RFC 9425 §4.1), for one call. */
record QuotaType(Call call) implements DataType<AccountQuota> {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Properties<AccountQuota> PROPERTIES = new Properties<AccountQuota>()
            .server("resourceType", quota -> JSON.textNode(quota.resource().type()))
            .server("used", quota -> JSON.numberNode(quota.used()))
            .server("hardLimit", quota -> JSON.numberNode(quota.limit()))
            .server("scope", quota -> JSON.textNode("account"))
            .server("name", quota -> JSON.textNode(quota.resource().label()))
            .server("types", quota -> JSON.arrayNode().add("Email"))
            .server("warnLimit", quota -> JSON.nullNode())
            .server("softLimit", quota -> JSON.nullNode())
            .server("description", quota -> JSON.nullNode());

    @Override
    public String name() {
        return "Quota";
    }

    @Override
    public View<AccountQuota> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new QuotaView(call, PROPERTIES.wanted(properties));
    }

    private record QuotaView(Call call, SequencedSet<String> wanted) implements View<AccountQuota> {
        @Override
        public int page() {
            return Limits.OBJECTS;
        }

        @Override
        public Loaded<AccountQuota> load(Services services, AccountId account, List<String> ids) {
            var quotas = AccountQuota.of(services, account, call);
            return new Loaded<>(
                    quotas.stream().filter(quota -> ids.contains(quota.id())).toList(), QuotaStates.of(quotas));
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            return Optional.of(AccountQuota.of(services, account, call).stream()
                    .map(AccountQuota::id)
                    .toList());
        }

        @Override
        public String id(AccountQuota one) {
            return one.id();
        }

        @Override
        public ObjectNode json(AccountQuota one, Call shown) {
            return PROPERTIES.json(one.id(), one, wanted);
        }
    }
}
