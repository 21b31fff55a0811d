package org.merpati.core.jmap.mdn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.Call;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.Seen;
import org.merpati.core.store.Submissions;
import org.merpati.lib.mime.field.MessageIds;

/**
 * The emails that an account's submissions sent, by their message ids: what notifications are about. They are read once, and
 * only if somebody asks.
 */
final class SentMail {
    /** Structures may be large. */
    private static final int PAGE = 100;

    private final AccountId account;
    private final Call call;
    private @Nullable Map<String, Optional<EmailId>> known;

    SentMail(AccountId account, Call call) {
        this.account = account;
        this.call = call;
    }

    /** Its id; null when there is none, or more than one has that message id (RFC 9007 §2.2). */
    JsonNode find(String originalMessageId) {
        var ids = MessageIds.parse(originalMessageId);
        var found = ids.size() == 1 ? all().getOrDefault(ids.getFirst(), Optional.empty()) : Optional.<EmailId>empty();
        var json = JsonNodeFactory.instance;
        return found.<JsonNode>map(id -> json.textNode(IdKind.EMAIL.id(id.value())))
                .orElseGet(json::nullNode);
    }

    private Map<String, Optional<EmailId>> all() {
        var read = known;
        if (read == null) {
            read = read();
            known = read;
        }
        return read;
    }

    private Map<String, Optional<EmailId>> read() {
        var sent = call.door().call(services -> services.get(Submissions.class).list(account)).orThrow().rows().stream()
                .map(row -> row.sent().email())
                .distinct()
                .toList();
        var byMessageId = new HashMap<String, Optional<EmailId>>();
        for (int from = 0; from < sent.size(); from += PAGE) {
            var page = sent.subList(from, Math.min(sent.size(), from + PAGE));
            call.door()
                    .call(services -> services.get(Emails.class).read(account, page, true))
                    .orThrow()
                    .emails()
                    .forEach(seen -> messageIds(seen)
                            .forEach(id -> byMessageId.merge(
                                    id, Optional.of(seen.email().id()), (one, other) -> Optional.empty())));
        }
        return byMessageId;
    }

    /** None of an email whose structure is not stored. */
    private static List<String> messageIds(Seen seen) {
        return seen.contents()
                .structure()
                .root()
                .map(root -> root.header().ids("Message-ID"))
                .orElse(List.of());
    }
}
