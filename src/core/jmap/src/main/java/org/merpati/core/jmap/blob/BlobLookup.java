package org.merpati.core.jmap.blob;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.store.Emails;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.CapabilityUri;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/**
 * Blob/lookup (RFC 9404 §4.3): which Emails, Threads and Mailboxes a blob can be found in. A blobId says which Email that is; an
 * upload is in none.
 */
final class BlobLookup implements JmapMethod {
    private static final SequencedMap<String, Function<Emails.Email, List<String>>> READERS = new LinkedHashMap<>();

    static {
        READERS.put(
                "Mailbox",
                email -> email.mailboxes().stream()
                        .map(id -> IdKind.MAILBOX.id(id.value()))
                        .sorted()
                        .toList());
        READERS.put("Thread", email -> List.of(IdKind.THREAD.id(email.thread().value())));
        READERS.put("Email", email -> List.of(IdKind.EMAIL.id(email.id().value())));
    }

    /** The types of data that can be looked for, each of which {@code urn:ietf:params:jmap:mail} defines. */
    static final List<String> TYPES = List.copyOf(READERS.sequencedKeySet());

    @Override
    public String name() {
        return "Blob/lookup";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var accountId = in.string("accountId");
        var account = call.account(accountId);
        var types = new LinkedHashSet<>(in.strings("typeNames"));
        var ids = new LinkedHashSet<>(in.strings("ids"));
        in.end();
        for (var type : types) {
            if (!READERS.containsKey(type) || !call.using().contains(CapabilityUri.MAIL)) {
                throw new MethodException(new MethodError.UnknownDataType(
                        "\"" + type + "\" is no type of this server's, or the request does not use its capability"));
            }
        }
        if (ids.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " ids"));
        }
        var blobs = new LinkedHashMap<String, Optional<BlobId>>();
        for (var id : ids) {
            blobs.put(id, call.created().resolve(id).flatMap(BlobId::parse));
        }
        var emails = emails(account, blobs, call);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("accountId", accountId);
        var list = json.putArray("list");
        var notFound = new ArrayList<String>();
        for (var blob : blobs.entrySet()) {
            var there = exists(account, blob.getValue(), call);
            if (!there) {
                notFound.add(blob.getKey());
            }
            var email = there
                    ? blob.getValue().flatMap(BlobLookup::email).map(emails::get)
                    : Optional.<Emails.Email>empty();
            var matched = list.addObject().put("id", blob.getKey()).putObject("matchedIds");
            for (var type : types) {
                var found = matched.putArray(type);
                var reader = READERS.get(type);
                if (reader != null) {
                    email.map(reader).orElse(List.of()).forEach(found::add);
                }
            }
        }
        notFound.forEach(json.putArray("notFound")::add);
        responses.add(json);
    }

    private static Optional<EmailId> email(BlobId blob) {
        return blob.root() instanceof BlobId.OfEmail(var id) ? Optional.of(id) : Optional.empty();
    }

    private static Map<EmailId, Emails.Email> emails(
            AccountId account, Map<String, Optional<BlobId>> blobs, Call call) {
        var ids = blobs.values().stream()
                .flatMap(Optional::stream)
                .flatMap(blob -> email(blob).stream())
                .distinct()
                .toList();
        var emails = new HashMap<EmailId, Emails.Email>();
        if (!ids.isEmpty()) {
            call.door()
                    .call(services -> services.get(Emails.class).read(account, ids, false))
                    .orThrow()
                    .emails()
                    .forEach(seen -> emails.put(seen.email().id(), seen.email()));
        }
        return emails;
    }

    private static boolean exists(AccountId account, Optional<BlobId> blob, Call call) throws IOException {
        return blob.isPresent()
                && new Blobs(call.door(), call.platform())
                        .find(account, blob.get().toString())
                        .isPresent();
    }
}
