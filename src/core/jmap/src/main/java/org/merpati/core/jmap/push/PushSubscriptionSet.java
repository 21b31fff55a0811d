package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.SetResults;
import org.merpati.core.store.PushSubscriptions;
import org.merpati.core.store.PushSubscriptions.Subscription;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** PushSubscription/set (RFC 8620 §7.2.2): without account and state. */
public final class PushSubscriptionSet implements JmapMethod {
    private static final Set<String> GIVEN =
            Set.of("deviceClientId", "url", "keys", "verificationCode", "expires", "types");
    private static final Set<String> NEVER_CHANGED = Set.of("id", "deviceClientId", "url", "keys");
    private static final int CODE = 16; // octets of chance
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PushDelivery delivery;

    public PushSubscriptionSet(PushDelivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return "PushSubscription/set";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var create = in.objects("create");
        var update = in.objects("update");
        var destroy = in.optionalStrings("destroy").orElse(List.of());
        in.end();
        if (create.size() + update.size() + destroy.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " objects"));
        }
        var account = call.caller() instanceof Principal.User user
                ? Optional.of(user.account())
                : Optional.<AccountId>empty();
        var results = new SetResults();
        for (var wanted : create.entrySet()) {
            try {
                var made = create(wanted.getValue(), account, call);
                call.created().put(wanted.getKey(), SubscriptionFields.id(made));
                results.created(wanted.getKey(), untold(made, wanted.getValue()));
            } catch (SetException e) {
                results.notCreated(wanted.getKey(), e.error());
            }
        }
        for (var wanted : update.entrySet()) {
            try {
                results.updated(wanted.getKey(), update(wanted.getKey(), wanted.getValue(), account, call));
            } catch (SetException e) {
                results.notUpdated(wanted.getKey(), e.error());
            }
        }
        for (var wanted : destroy) {
            var id = call.number(IdKind.PUSH_SUBSCRIPTION, wanted);
            boolean gone = account.isPresent()
                    && id.isPresent()
                    && call.door()
                            .call(services ->
                                    services.get(PushSubscriptions.class).remove(account.get(), id.getAsLong()))
                            .orThrow();
            if (gone) {
                delivery.end(id.getAsLong());
                results.destroyed(wanted);
            } else {
                results.notDestroyed(wanted, SetError.NOT_FOUND);
            }
        }
        var json = results.json("", "", "");
        json.remove(List.of("accountId", "oldState", "newState"));
        responses.add(json);
    }

    private Subscription create(ObjectNode object, Optional<AccountId> account, Call call) throws SetException {
        if (account.isEmpty()) {
            throw new SetException(SetError.forbidden("this user has no account that could change"));
        }
        for (var field : object.properties()) {
            boolean known = GIVEN.contains(field.getKey());
            if (!known
                    || (field.getKey().equals("verificationCode")
                            && !field.getValue().isNull())) {
                throw SubscriptionFields.invalid(field.getKey(), known ? "set when the server has sent it" : "unknown");
            }
        }
        var code = new byte[CODE];
        RANDOM.nextBytes(code);
        var wanted = new Subscription(
                0,
                account.get(),
                SubscriptionFields.device(object.path("deviceClientId")),
                SubscriptionFields.url(object.path("url")).toString(),
                SubscriptionFields.keys(object.path("keys")),
                HexFormat.of().formatHex(code),
                false,
                SubscriptionFields.expires(
                        object.path("expires"), call.platform().clock().instant()),
                SubscriptionFields.types(object.path("types")));
        var made = call.door()
                .call(services -> services.get(PushSubscriptions.class).add(wanted))
                .orThrow()
                .orElseThrow(() -> new SetException(SetError.of(
                        "overQuota", "an account has at most " + PushSubscriptions.MOST + " subscriptions")));
        delivery.verify(made);
        return made;
    }

    /** What the server has chosen, or the client left out (RFC 8620 §5.3). */
    private static ObjectNode untold(Subscription made, ObjectNode given) {
        var json = JsonNodeFactory.instance.objectNode().put("id", SubscriptionFields.id(made));
        json.put("expires", SubscriptionFields.date(made.expires()));
        for (var property : List.of("keys", "types", "verificationCode")) {
            if (!given.has(property)) {
                json.putNull(property);
            }
        }
        return json;
    }

    private Optional<ObjectNode> update(String given, ObjectNode patch, Optional<AccountId> account, Call call)
            throws SetException {
        var id = call.number(IdKind.PUSH_SUBSCRIPTION, given);
        var before = id.isEmpty()
                ? Optional.<Subscription>empty()
                : call.door()
                        .call(services -> services.get(PushSubscriptions.class).find(id.getAsLong()))
                        .orThrow();
        var old = before.filter(one -> account.equals(Optional.of(one.account())))
                .orElseThrow(() -> new SetException(SetError.NOT_FOUND));
        var changed = changed(old, patch, call);
        boolean done = call.door()
                .call(services -> services.get(PushSubscriptions.class).update(changed))
                .orThrow();
        if (!done) {
            throw new SetException(SetError.NOT_FOUND);
        }
        delivery.changed(changed);
        var expires = patch.path("expires");
        return expires.isMissingNode() || expires.asText().equals(SubscriptionFields.date(changed.expires()))
                ? Optional.empty()
                : Optional.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("expires", SubscriptionFields.date(changed.expires())));
    }

    private static Subscription changed(Subscription old, ObjectNode patch, Call call) throws SetException {
        boolean verified = old.verified();
        var expires = old.expires();
        var types = old.types();
        for (var field : patch.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "verificationCode" -> {
                    if (!old.code().equals(value.textValue())) {
                        throw SubscriptionFields.invalid("verificationCode", "not the one that was sent");
                    }
                    verified = true;
                }
                case "expires" ->
                    expires = SubscriptionFields.expires(
                            value, call.platform().clock().instant());
                case "types" -> types = SubscriptionFields.types(value);
                default ->
                    throw SubscriptionFields.invalid(
                            field.getKey(), NEVER_CHANGED.contains(field.getKey()) ? "never changes" : "unknown");
            }
        }
        return new Subscription(
                old.id(), old.account(), old.device(), old.url(), old.keys(), old.code(), verified, expires, types);
    }
}
