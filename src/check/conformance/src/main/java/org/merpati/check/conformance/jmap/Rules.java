package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What rules share: calls, mailboxes and mail of their own. */
abstract class Rules {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final Jmap jmap;

    Rules(Jmap jmap) {
        this.jmap = jmap;
    }

    /** The arguments of the answer to one call, which must not be an error. */
    final JsonNode ok(String method, String arguments, Object... values) {
        return jmap.run(Call.of(method, arguments, values)).ok(0);
    }

    /** The type of the error that one call is answered with. */
    final String error(String method, String arguments, Object... values) {
        return jmap.run(Call.of(method, arguments, values))
                .error(0)
                .path("type")
                .asText();
    }

    /** A name that no other rule has. */
    static String unique(String name) {
        return name + " " + COUNT.incrementAndGet();
    }

    /** A new mailbox; its id. */
    final String mailbox() {
        return created("Mailbox/set", "'name':?", unique("Rules"));
    }

    /** Creates one object; its id. */
    final String created(String method, String object, Object... values) {
        var answer = ok(method, "'create':{'new':{" + object + "}}", values);
        assertThat(answer.at("/created/new/id").isTextual())
                .as(answer.toString())
                .isTrue();
        return answer.at("/created/new/id").asText();
    }

    /** The type of the error that one object is refused with. */
    final JsonNode refusal(String method, String object, Object... values) {
        var answer = ok(method, "'create':{'new':{" + object + "}}", values);
        assertThat(answer.at("/notCreated/new/type").isTextual())
                .as(answer.toString())
                .isTrue();
        return answer.at("/notCreated/new");
    }

    /** Updates one object, which must work. */
    final JsonNode update(String method, String id, String patch, Object... values) {
        var answer = ok(method, "'update':{" + Call.fill("?", id) + ":{" + patch + "}}", values);
        assertThat(answer.path("updated").has(id)).as(answer.toString()).isTrue();
        return answer;
    }

    /** The error that an update is refused with. */
    final JsonNode updateRefusal(String method, String id, String patch, Object... values) {
        var answer = ok(method, "'update':{" + Call.fill("?", id) + ":{" + patch + "}}", values);
        assertThat(answer.path("notUpdated").has(id)).as(answer.toString()).isTrue();
        return answer.path("notUpdated").path(id);
    }

    final void destroy(String method, String id) {
        var answer = ok(method, "'destroy':[?]", id);
        assertThat(Answers.texts(answer.path("destroyed")))
                .as(answer.toString())
                .containsExactly(id);
    }

    final String state(String type) {
        return ok(type + "/get", "'ids':[]").path("state").asText();
    }

    private static JsonNode json(String text) {
        try {
            return Jmap.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A message with a subject and what else a mail needs. */
    static String message(String subject) {
        return """
                From: Bima <bima@example.net>
                To: Ani <ani@example.org>
                Subject: %s
                Message-ID: <%s@example.net>
                Date: Fri, 20 Nov 2026 09:00:00 +0100

                Hello, about %s.
                """.formatted(subject, unique("m").replace(' ', '.') + System.nanoTime(), subject);
    }

    /** Imports a message, written with single line feeds; its id. */
    final String mail(String mailbox, String message) {
        return mail(mailbox, message, "2026-11-20T08:00:00Z");
    }

    final String mail(String mailbox, String message, String receivedAt, String... keywords) {
        var blob = blob("message/rfc822", message.replace("\n", "\r\n"));
        var flags = Jmap.JSON.createObjectNode();
        List.of(keywords).forEach(keyword -> flags.put(keyword, true));
        var answer = ok(
                "Email/import",
                "'emails':{'new':{'blobId':?,'mailboxIds':{?:true},'receivedAt':?,'keywords':?}}",
                blob,
                mailbox,
                receivedAt,
                flags);
        assertThat(answer.at("/created/new/id").isTextual())
                .as(answer.toString())
                .isTrue();
        return answer.at("/created/new/id").asText();
    }

    /** Uploads; the blob's id. */
    final String blob(String type, String text) {
        return jmap.upload(type, text.getBytes(UTF_8)).path("blobId").asText();
    }

    /** An email's properties. */
    final JsonNode email(String id, String... properties) {
        return get("Email", id, properties);
    }

    final JsonNode get(String type, String id, String... properties) {
        var answer = ok(type + "/get", "'ids':[?],'properties':?", id, List.of(properties));
        assertThat(answer.path("list")).as(answer.toString()).hasSize(1);
        return answer.at("/list/0");
    }

    /** The ids of the emails in a mailbox that match, by the sort or oldest first. */
    final List<String> query(String mailbox, String condition, Object... values) {
        var filled = Call.fill(condition, values);
        var filter = condition.isEmpty()
                ? Call.fill("{'inMailbox':?}", mailbox)
                : Call.fill("{'operator':'AND','conditions':[{'inMailbox':?},", mailbox) + "{" + filled + "}]}";
        return Answers.texts(ok("Email/query", "'filter':?,'sort':[{'property':'receivedAt'}]", json(filter))
                .path("ids"));
    }
}
