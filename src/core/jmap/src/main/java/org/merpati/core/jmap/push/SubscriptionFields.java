package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.store.PushSubscriptions.Keys;
import org.merpati.core.store.PushSubscriptions.Subscription;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.jmap.webpush.DeviceKeys;

/** The properties of a PushSubscription (RFC 8620 §7.2), as they are given and shown. */
final class SubscriptionFields {
    static final List<String> SHOWN = List.of("deviceClientId", "verificationCode", "expires", "types");
    static final Set<String> SECRET = Set.of("url", "keys");

    /** RFC 8620 §7.2: as a password has no end, a subscription has one, of seven days at least. */
    static final Duration LIFETIME = Duration.ofDays(7);

    private static final int LONGEST_DEVICE = 255;
    private static final int MOST_TYPES = 40;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,40}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SubscriptionFields() {}

    static String id(Subscription one) {
        return IdKind.PUSH_SUBSCRIPTION.id(one.id());
    }

    static ObjectNode json(Subscription one, Collection<String> wanted) {
        var json = JSON.objectNode().put("id", id(one));
        for (var property : wanted) {
            switch (property) {
                case "deviceClientId" -> json.put(property, one.device());
                case "verificationCode" -> json.put(property, one.verified() ? one.code() : null);
                case "expires" -> json.put(property, date(one.expires()));
                case "types" -> json.set(property, types(one.types()));
                default -> {}
            }
        }
        return json;
    }

    static String date(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static JsonNode types(Optional<Set<String>> types) {
        if (types.isEmpty()) {
            return JSON.nullNode();
        }
        var list = JSON.arrayNode();
        new TreeSet<>(types.get()).forEach(list::add);
        return list;
    }

    static String device(JsonNode given) throws SetException {
        if (!given.isTextual()
                || given.textValue().isEmpty()
                || given.textValue().length() > LONGEST_DEVICE) {
            throw invalid("deviceClientId", "a text of at most " + LONGEST_DEVICE + " characters");
        }
        return given.textValue();
    }

    static URI url(JsonNode given) throws SetException {
        return Optional.ofNullable(given.textValue())
                .flatMap(PushAddress::parse)
                .orElseThrow(() -> invalid("url", "an address that begins with https://"));
    }

    static Optional<Keys> keys(JsonNode given) throws SetException {
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        var p256dh = given.path("p256dh").asText();
        var auth = given.path("auth").asText();
        if (!given.isObject()
                || given.size() != 2
                || DeviceKeys.of(p256dh, auth).isEmpty()) {
            throw invalid("keys", "p256dh is a point of P-256 and auth has 16 octets, both in base64url");
        }
        return Optional.of(new Keys(p256dh, auth));
    }

    /** Brought into what the server allows. */
    static Instant expires(JsonNode given, Instant now) throws SetException {
        var latest = now.plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
        if (given.isMissingNode() || given.isNull()) {
            return latest;
        }
        try {
            var text = given.asText();
            var time = Instant.parse(text);
            if (!given.isTextual() || !text.endsWith("Z") || !time.isAfter(now)) {
                throw invalid("expires", "a time in UTC that is to come");
            }
            return time.isAfter(latest) ? latest : time.truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeParseException e) {
            throw invalid("expires", "a time in UTC that is to come");
        }
    }

    static Optional<Set<String>> types(JsonNode given) throws SetException {
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        var types = new TreeSet<String>();
        for (var type : given) {
            if (!type.isTextual() || !TYPE.matcher(type.textValue()).matches()) {
                throw invalid("types", "a list of type names, or null");
            }
            types.add(type.textValue());
        }
        if (!given.isArray() || types.size() > MOST_TYPES) {
            throw invalid("types", "a list of at most " + MOST_TYPES + " type names, or null");
        }
        return Optional.of(types);
    }

    static SetException invalid(String property, String why) {
        return new SetException(SetError.invalidProperty(property, why));
    }
}
