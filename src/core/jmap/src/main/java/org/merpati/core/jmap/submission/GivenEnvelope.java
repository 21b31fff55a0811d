package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** An Envelope object (RFC 8621 §7), whose addresses and parameters may be anything yet. */
record GivenEnvelope(Address mailFrom, List<Address> rcptTo) {
    GivenEnvelope {
        rcptTo = List.copyOf(rcptTo);
    }

    /** @param parameters by name; one without a value is empty. Empty when none were given */
    record Address(String email, Optional<Map<String, Optional<String>>> parameters) {
        static Address of(String email) {
            return new Address(email, Optional.empty());
        }

        private static Address read(JsonNode given) throws SetException {
            require(given, "an Address", "email", "parameters");
            var email = given.path("email");
            var parameters = given.path("parameters");
            if (!email.isTextual() || !(parameters.isObject() || parameters.isNull() || parameters.isMissingNode())) {
                throw wrong("an Address has an \"email\", a string, and \"parameters\", an object or null");
            }
            if (!parameters.isObject()) {
                return of(email.textValue());
            }
            var values = new LinkedHashMap<String, Optional<String>>();
            for (var parameter : parameters.properties()) {
                var value = parameter.getValue();
                if (!value.isTextual() && !value.isNull()) {
                    throw wrong("the value of a parameter is a string or null");
                }
                values.put(parameter.getKey(), value.isNull() ? Optional.empty() : Optional.of(value.textValue()));
            }
            return new Address(email.textValue(), Optional.of(values));
        }

        private ObjectNode toJson() {
            var json = JsonNodeFactory.instance.objectNode().put("email", email);
            if (parameters.isEmpty()) {
                return json.putNull("parameters");
            }
            var values = json.putObject("parameters");
            parameters.get().forEach((name, value) -> values.put(name, value.orElse(null)));
            return json;
        }
    }

    static GivenEnvelope read(JsonNode given) throws SetException {
        require(given, "the envelope", "mailFrom", "rcptTo");
        if (!given.path("rcptTo").isArray()) {
            throw wrong("\"rcptTo\" is a list of Addresses");
        }
        var rcptTo = new ArrayList<Address>();
        for (var one : given.get("rcptTo")) {
            rcptTo.add(Address.read(one));
        }
        return new GivenEnvelope(Address.read(given.path("mailFrom")), rcptTo);
    }

    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("mailFrom", mailFrom.toJson());
        var all = json.putArray("rcptTo");
        rcptTo.forEach(one -> all.add(one.toJson()));
        return json;
    }

    private static void require(JsonNode given, String what, String... properties) throws SetException {
        var known = Set.of(properties);
        boolean right =
                given.isObject() && given.properties().stream().allMatch(entry -> known.contains(entry.getKey()));
        if (!right) {
            throw wrong(what + " is an object of " + String.join(" and ", properties));
        }
    }

    static SetException wrong(String why) {
        return new SetException(SetError.invalidProperty("envelope", why));
    }
}
