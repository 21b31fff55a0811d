package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.CopyType;
import org.merpati.core.jmap.SetType.Made;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Emails;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** Email/copy (RFC 8621 §4.7). */
final class EmailCopy implements CopyType {
    private static final Set<String> PROPERTIES = Set.of("id", "mailboxIds", "keywords", "receivedAt");

    @Override
    public String name() {
        return "Email";
    }

    @Override
    public String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }

    @Override
    public Made copy(AccountId from, String id, AccountId to, ObjectNode object, Call call) throws SetException {
        for (var property : object.properties()) {
            if (!PROPERTIES.contains(property.getKey())) {
                throw Given.invalid(
                        property.getKey(), "a copy has a new id, mailboxIds, keywords and receivedAt alone");
            }
        }
        var number = IdKind.EMAIL.parse(id);
        if (number.isEmpty()) {
            throw new SetException(SetError.NOT_FOUND);
        }
        var email = new EmailId(number.getAsLong());
        var mailboxes = Given.mailboxes(object, call);
        var keywords = Given.keywords(object);
        var received = Given.received(object);
        var original = call.door()
                .call(services -> services.get(Emails.class).read(from, List.of(email), false))
                .orThrow()
                .emails();
        if (original.isEmpty()) {
            throw new SetException(SetError.NOT_FOUND);
        }
        var kept = keywords.orElse(original.getFirst().email().keywords());
        return NewEmails.made(call.door()
                .call(services -> services.get(Emails.class).copy(from, email, to, mailboxes, kept, received))
                .orThrow());
    }
}
