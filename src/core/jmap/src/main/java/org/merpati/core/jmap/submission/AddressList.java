package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.merpati.core.store.Identities;

/** A list of EmailAddress objects (RFC 8621 §4.1.2.3), as an Identity has them. */
final class AddressList {
    private static final int MOST = 100;
    private static final int LONGEST = 1_000;

    private AddressList() {}

    /** The list as it is kept; empty when that is no such list, or too much of one. */
    static Optional<ArrayNode> read(JsonNode given) {
        if (!given.isArray() || given.size() > MOST) {
            return Optional.empty();
        }
        var list = JsonNodeFactory.instance.arrayNode();
        for (var one : given) {
            boolean known = one.isObject()
                    && one.properties().stream()
                            .map(entry -> entry.getKey())
                            .allMatch(name -> name.equals("name") || name.equals("email"));
            var name = one.path("name");
            var email = one.path("email");
            boolean named = name.isNull() || name.isMissingNode() || isLine(name);
            if (!known || !named || !isLine(email) || email.textValue().isEmpty()) {
                return Optional.empty();
            }
            var address = list.addObject();
            if (name.isTextual()) {
                address.put("name", name.textValue());
            } else {
                address.putNull("name");
            }
            address.put("email", email.textValue());
        }
        return StoredJson.text(list).length() > Identities.LONGEST ? Optional.empty() : Optional.of(list);
    }

    private static boolean isLine(JsonNode value) {
        return value.isTextual()
                && value.textValue().length() <= LONGEST
                && value.textValue().chars().noneMatch(Character::isISOControl);
    }
}
