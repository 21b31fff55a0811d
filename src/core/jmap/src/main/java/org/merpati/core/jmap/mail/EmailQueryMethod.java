package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.store.Emails;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.mail.EmailQuery;

/** Email/query (RFC 8620 §5.5, RFC 8621 §4.4). */
final class EmailQueryMethod implements JmapMethod {
    @Override
    public String name() {
        return "Email/query";
    }

    @Override
    public ObjectNode call(ObjectNode arguments, Call call) throws MethodException {
        var query = EmailQuery.parse(new Arguments(arguments));
        var account = call.account(query.accountId());
        var mailbox = mailbox(query);
        long wanted = query.limit().orElse(Long.MAX_VALUE);
        int limit = (int) Math.min(wanted, Limits.OBJECTS);
        var found = call.door()
                .call(services -> services.get(Emails.class)
                        .query(account, mailbox, query.ascending(), query.position(), Math.max(limit, 1)))
                .orThrow();

        long position = query.position() < 0 ? Math.max(0, found.total() + query.position()) : query.position();
        var response = JsonNodeFactory.instance.objectNode();
        response.put("accountId", query.accountId());
        response.put("queryState", Long.toString(found.state().value()));
        response.put("canCalculateChanges", false);
        response.put("position", position);
        var ids = response.putArray("ids");
        found.ids().stream().limit(limit).forEach(id -> ids.add(IdKind.EMAIL.id(id.value())));
        if (query.calculateTotal()) {
            response.put("total", found.total());
        }
        if (wanted > limit) {
            response.put("limit", limit);
        }
        return response;
    }

    /** An id that can't be a mailbox's is a wrong argument; one that is none of this account's just holds nothing. */
    private static Optional<MailboxId> mailbox(EmailQuery query) throws MethodException {
        if (query.inMailbox().isEmpty()) {
            return Optional.empty();
        }
        var number = IdKind.MAILBOX.parse(query.inMailbox().get());
        if (number.isEmpty()) {
            throw Arguments.invalid("\"inMailbox\" is no Mailbox id");
        }
        return Optional.of(new MailboxId(number.getAsLong()));
    }
}
