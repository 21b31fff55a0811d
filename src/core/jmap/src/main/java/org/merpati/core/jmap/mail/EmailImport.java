package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.IfInState;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.SetResults;
import org.merpati.core.jmap.SetType.Made;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.blob.Blobs;
import org.merpati.core.store.ContentOctets;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Filing;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.field.DateTime;

/** Email/import (RFC 8621 §4.8). */
final class EmailImport implements JmapMethod {
    private static final Set<String> PROPERTIES = Set.of("blobId", "mailboxIds", "keywords", "receivedAt");

    @Override
    public String name() {
        return "Email/import";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var accountId = in.string("accountId");
        var account = call.account(accountId);
        var ifInState = in.optionalString("ifInState");
        var emails = in.objects("emails");
        in.end();
        if (!in.has("emails")) {
            throw Arguments.invalid("\"emails\" is missing");
        }
        if (emails.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " emails"));
        }
        var condition = IfInState.of(ifInState, account, EmailImport::state, call);
        var inside = condition.call();
        var results = new SetResults();
        var importing =
                new Importing(account, new NewEmails(account, inside), new Blobs(call.door(), call.platform()), inside);
        try {
            for (var email : emails.entrySet()) {
                try {
                    var made = importing.add(email.getValue());
                    call.created().put(email.getKey(), made.id());
                    results.created(email.getKey(), made.untold());
                } catch (SetException e) {
                    results.notCreated(email.getKey(), e.error());
                }
            }
        } catch (NotDone e) {
            throw condition.stopped(e, results.anyDone());
        }
        var newState = call.door().call(services -> state(services, account)).orThrow();
        responses.add(results.creations(accountId, condition.oldState(), newState));
    }

    private static String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }

    private record Importing(AccountId account, NewEmails emails, Blobs blobs, Call call) {
        Made add(ObjectNode email) throws SetException, IOException {
            for (var property : email.properties()) {
                if (!PROPERTIES.contains(property.getKey())) {
                    throw Given.invalid(property.getKey(), "unknown");
                }
            }
            var octets = octets(email);
            var mailboxes = Given.mailboxes(email, call);
            var keywords = Given.keywords(email).orElse(Set.of());
            var received = Given.received(email);
            var filing = Filing.read(ContentOctets.content(octets));
            var header = filing.message().root().header();
            if (header.count() == 0) {
                throw new SetException(SetError.of("invalidEmail", "it has no header"));
            }
            var time = received.or(() -> header.first("Received")
                            .flatMap(field -> DateTime.parse(field.raw()))
                            .map(date -> date.toInstant()))
                    .orElseGet(() -> call.platform().clock().instant());
            return emails.add(filing, mailboxes, keywords, time);
        }

        private Octets octets(ObjectNode email) throws SetException, IOException {
            var id = email.path("blobId");
            var resolved = id.isTextual() ? call.created().resolve(id.textValue()) : Optional.<String>empty();
            var found = resolved.isEmpty() ? Optional.<Octets>empty() : blobs.find(account, resolved.get());
            return found.orElseThrow(() -> Given.invalid("blobId", "no blob of this account"));
        }
    }
}
