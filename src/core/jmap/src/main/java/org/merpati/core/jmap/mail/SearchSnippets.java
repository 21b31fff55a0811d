package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.core.store.Emails;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.Filter;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.mail.HeaderForm;

/** SearchSnippet/get (RFC 8621 §5). */
final class SearchSnippets implements JmapMethod {
    private static final int PAGE = 100;

    @Override
    public String name() {
        return "SearchSnippet/get";
    }

    @Override
    public void call(ObjectNode arguments, Call call, Responses responses) throws MethodException, IOException {
        var in = new Arguments(arguments);
        var accountId = in.string("accountId");
        var account = call.account(accountId);
        Filter<EmailCondition> filter = Filter.parse(in.any("filter"), one -> EmailCondition.parse(one, call));
        var ids = List.copyOf(new LinkedHashSet<>(in.strings("emailIds")));
        in.end();
        if (ids.size() > Limits.OBJECTS) {
            throw new MethodException(new MethodError.RequestTooLarge("more than " + Limits.OBJECTS + " emailIds"));
        }
        var subject = new LinkedHashSet<String>();
        var body = new LinkedHashSet<String>();
        words(filter, subject, body);
        var subjects = Highlight.of(subject);
        var bodies = Highlight.of(body);
        responses.write(json -> {
            var notFound = JsonNodeFactory.instance.arrayNode();
            json.writeStartObject();
            json.writeStringField("accountId", accountId);
            json.writeArrayFieldStart("list");
            for (int from = 0; from < ids.size(); from += PAGE) {
                var page = ids.subList(from, Math.min(ids.size(), from + PAGE));
                var seen = new HashMap<String, Emails.Seen>();
                call.door()
                        .call(services -> services.get(Emails.class).read(account, EmailType.numbers(page), true))
                        .orThrow()
                        .emails()
                        .forEach(
                                one -> seen.put(IdKind.EMAIL.id(one.email().id().value()), one));
                for (var id : page) {
                    var one = seen.get(id);
                    if (one == null) {
                        notFound.add(id);
                    } else {
                        json.writeTree(snippet(id, mail(one, call), subjects, bodies));
                    }
                }
            }
            json.writeEndArray();
            json.writeFieldName("notFound");
            json.writeTree(notFound.isEmpty() ? JsonNodeFactory.instance.nullNode() : notFound);
            json.writeEndObject();
        });
    }

    private static SearchedMail mail(Emails.Seen one, Call call) throws IOException {
        return new SearchedMail(MailSource.of(
                BlobId.of(one.email().id()),
                PartOctets.of(call.platform().blobs(), one.email().blob()),
                one.contents().structure(),
                one.contents().preview()));
    }

    private static ObjectNode snippet(
            String id, SearchedMail mail, Optional<Highlight> subjects, Optional<Highlight> bodies) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("emailId", id);
        var subject = mail.subject();
        var marked = subjects.flatMap(highlight -> highlight.whole(subject));
        var preview = Optional.<String>empty();
        if (bodies.isPresent()) {
            for (var text : mail.texts()) {
                preview = preview.isPresent() ? preview : bodies.get().around(text);
            }
        }
        json.set("subject", marked.map(HeaderForm::text).orElseGet(JsonNodeFactory.instance::nullNode));
        json.set("preview", preview.map(HeaderForm::text).orElseGet(JsonNodeFactory.instance::nullNode));
        return json;
    }

    /** What is looked for, and not what must be missing. */
    private static void words(Filter<EmailCondition> filter, Set<String> subject, Set<String> body) {
        switch (filter) {
            case Filter.Condition<EmailCondition>(var condition) -> {
                subject.addAll(condition.words().subject());
                body.addAll(condition.words().body());
            }
            case Filter.Combined<EmailCondition>(var operator, var conditions) -> {
                if (operator != Filter.Operator.NOT) {
                    conditions.forEach(one -> words(one, subject, body));
                }
            }
        }
    }
}
