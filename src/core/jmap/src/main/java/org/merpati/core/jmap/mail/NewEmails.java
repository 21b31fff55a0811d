package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Refusals;
import org.merpati.core.jmap.SetType.Made;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.core.jmap.blob.Blobs;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.Email;
import org.merpati.core.store.Filing;
import org.merpati.core.store.NewEmail;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.jmap.mail.HeaderProperty;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.write.BodyPart;
import org.merpati.lib.mime.write.MessageBuilder;
import org.merpati.lib.mime.write.MessageWriter;
import org.merpati.lib.mime.write.NewMessage;
import org.merpati.lib.mime.write.PreparedMessage;
import org.merpati.lib.mime.write.Transport;

/** Makes messages of what clients give, and puts messages into the store (RFC 8621 §4.6, §4.8). */
final class NewEmails {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a new Email is made of beside its header fields. */
    private static final Set<String> OTHERS = Set.of(
            "mailboxIds",
            "keywords",
            "receivedAt",
            "bodyStructure",
            "bodyValues",
            "textBody",
            "htmlBody",
            "attachments");

    private final AccountId account;
    private final Call call;
    private final Blobs blobs;

    NewEmails(AccountId account, Call call) {
        this.account = account;
        this.call = call;
        this.blobs = new Blobs(call.door(), call.platform());
    }

    /** Email/set create. */
    Made create(ObjectNode email) throws SetException, IOException {
        var mailboxes = Given.mailboxes(email, call);
        var keywords = Given.keywords(email).orElse(Set.of());
        var now = call.platform().clock().instant();
        var received = Given.received(email).orElse(now);
        var message = message(email, now);
        try (var spooled = call.platform().spool().create()) {
            var prepared = prepared(message);
            var out = new BufferedOutputStream(spooled.sink(), 16 * 1024);
            prepared.writeTo(out);
            out.flush();
            return add(spooled, mailboxes, keywords, received);
        } catch (NoSpaceException e) {
            throw new SetException(SetError.of("serverUnavailable", "the server's disk takes no more"));
        }
    }

    /** Puts a message into the store. */
    Made add(Content content, Set<MailboxId> mailboxes, Set<Keyword> keywords, Instant received)
            throws SetException, IOException {
        return add(Filing.read(content), mailboxes, keywords, received);
    }

    Made add(Filing filing, Set<MailboxId> mailboxes, Set<Keyword> keywords, Instant received)
            throws SetException, IOException {
        try {
            var stored = filing.store(
                    call.platform().blobs(), "jmap " + call.caller().name());
            var email = new NewEmail(stored, received, keywords, false);
            return made(call.door()
                    .call(services -> services.get(Emails.class).add(account, email, mailboxes))
                    .orThrow());
        } catch (NoSpaceException e) {
            throw new SetException(SetError.of("serverUnavailable", "the server's disk takes no more"));
        }
    }

    static Made made(Attempt<Email> attempt) throws SetException {
        return switch (attempt) {
            case Attempt.Made<Email>(var email) -> {
                var id = IdKind.EMAIL.id(email.id().value());
                var told = JsonNodeFactory.instance.objectNode();
                told.put("id", id);
                told.put("blobId", BlobId.of(email.id()).toString());
                told.put("threadId", IdKind.THREAD.id(email.thread().value()));
                told.put("size", email.size());
                yield new Made(id, told);
            }
            case Attempt.Refused<Email>(var why) -> throw new SetException(Refusals.error(why));
        };
    }

    private NewMessage message(ObjectNode email, Instant now) throws SetException, IOException {
        var builder = new MessageBuilder();
        var fields = new HashSet<String>();
        var wrong = new ArrayList<String>();
        for (var entry : email.properties()) {
            var name = entry.getKey();
            var known = EmailReader.FIELDS.get(name);
            if (known == null && !HeaderProperty.is(name)) {
                if (!OTHERS.contains(name)) {
                    wrong.add(name);
                }
                continue;
            }
            var header = known != null ? known : NewFields.property(name);
            var field = header.field().toLowerCase(Locale.ROOT);
            if (!fields.add(field)) {
                throw Given.invalid(name, "two properties for one header field");
            }
            if (field.startsWith("content-")) {
                throw Given.invalid(name, "fields of the content belong to the parts");
            }
            try {
                var values = NewFields.of(header, entry.getValue());
                values.forEach(value -> builder.header(value.name(), value.value()));
                if (values.isEmpty()) {
                    fields.remove(field);
                }
            } catch (IllegalArgumentException e) {
                throw Given.invalid(name, String.valueOf(e.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new SetException(SetError.invalidProperties(wrong, "unknown, or set by the server alone"));
        }
        if (!fields.contains("date")) {
            builder.date(OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        }
        if (!fields.contains("message-id")) {
            builder.messageId(messageId());
        }
        BodyPart body = new NewBody(email, fields, this::blob).part();
        return builder.body(body).build();
    }

    private Optional<Octets> blob(String id) throws IOException {
        var resolved = call.created().resolve(id);
        return resolved.isEmpty() ? Optional.empty() : blobs.find(account, resolved.get());
    }

    private String messageId() {
        var octets = new byte[16];
        RANDOM.nextBytes(octets);
        var domain =
                call.caller() instanceof Principal.User user ? user.address().domain() : "localhost";
        return HexFormat.of().formatHex(octets) + "@" + domain;
    }

    /** As any mail server takes it, if that can be; attached messages and addresses beyond ASCII may need more. */
    private static PreparedMessage prepared(NewMessage message) throws SetException, IOException {
        var plain = new MessageWriter();
        @Nullable IllegalArgumentException refusal = null;
        for (var writer : List.of(
                plain,
                plain.transport(Transport.EIGHT_BIT),
                plain.utf8(),
                plain.utf8().transport(Transport.BINARY))) {
            try {
                return writer.prepare(message);
            } catch (IllegalArgumentException e) {
                refusal = e;
            }
        }
        throw new SetException(
                SetError.invalidProperties(List.of(), refusal == null ? "" : String.valueOf(refusal.getMessage())));
    }
}
