package org.merpati.core.jmap.vacation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.watch.Change;
import org.merpati.core.jmap.AccountState;
import org.merpati.core.jmap.GetMethod;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.SetMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:vacationresponse} (RFC 8621 §1.3.3). */
public final class VacationCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.VACATION;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        return Optional.of(JsonNodeFactory.instance.objectNode());
    }

    @Override
    public List<PushedType> pushed() {
        return List.of(new AccountState("VacationResponse", Change.Kind.VACATION));
    }

    @Override
    public List<JmapMethod> methods() {
        return List.of(new GetMethod<>(new VacationType()), new SetMethod(new VacationSet()));
    }
}
