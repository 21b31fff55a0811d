package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.ChangingType;
import org.merpati.core.jmap.DataType;
import org.merpati.core.jmap.Properties;
import org.merpati.core.jmap.States;
import org.merpati.core.jmap.View;
import org.merpati.core.store.Submissions;
import org.merpati.core.store.Submissions.Status;
import org.merpati.core.store.Submissions.Submission;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/** EmailSubmission (RFC 8621 §7): its properties, and what changes of it. */
final class SubmissionType implements DataType<Submission>, ChangingType {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final Properties<Submission> PROPERTIES = new Properties<Submission>()
            .immutable(
                    "identityId",
                    one -> JSON.textNode(IdentityType.id(one.sent().identity())))
            .immutable(
                    "emailId",
                    one -> JSON.textNode(IdKind.EMAIL.id(one.sent().email().value())))
            .server(
                    "threadId",
                    one -> JSON.textNode(IdKind.THREAD.id(one.sent().thread().value())))
            .immutable("envelope", one -> StoredJson.value(one.envelope()))
            .server("sendAt", one -> JSON.textNode(one.sent().sendAt().toString()))
            .client("undoStatus", one -> JSON.textNode(undoStatus(one.status())))
            .server("deliveryStatus", one -> StoredJson.value(one.delivery()))
            .server("dsnBlobIds", one -> JSON.arrayNode())
            .server("mdnBlobIds", one -> JSON.arrayNode());

    @Override
    public String name() {
        return "EmailSubmission";
    }

    static String undoStatus(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static String id(SubmissionId id) {
        return IdKind.SUBMISSION.id(id.value());
    }

    static List<SubmissionId> numbers(List<String> ids) {
        return ids.stream()
                .map(IdKind.SUBMISSION::parse)
                .filter(OptionalLong::isPresent)
                .map(number -> new SubmissionId(number.getAsLong()))
                .toList();
    }

    @Override
    public Optional<Delta> changes(Services services, AccountId account, ModSeq since, int limit) {
        return services.get(Submissions.class)
                .changes(account, since, limit)
                .map(changes -> new Delta(
                        ids(changes.created()),
                        ids(changes.updated()),
                        ids(changes.destroyed()),
                        changes.state(),
                        changes.more(),
                        JSON.objectNode()));
    }

    static List<String> ids(List<SubmissionId> numbers) {
        return numbers.stream().map(SubmissionType::id).toList();
    }

    @Override
    public View<Submission> view(Optional<List<String>> properties, Arguments in) throws MethodException {
        return new SubmissionView(PROPERTIES.wanted(properties));
    }

    private record SubmissionView(SequencedSet<String> wanted) implements View<Submission> {
        @Override
        public int page() {
            return Submissions.PAGE;
        }

        @Override
        public Loaded<Submission> load(Services services, AccountId account, List<String> ids) {
            var page = services.get(Submissions.class).get(account, numbers(ids));
            return new Loaded<>(page.submissions(), States.of(page.state()));
        }

        @Override
        public Optional<List<String>> all(Services services, AccountId account, int limit) {
            var ids = services.get(Submissions.class).list(account).rows().stream()
                    .map(row -> SubmissionType.id(row.id()))
                    .toList();
            return ids.size() > limit ? Optional.empty() : Optional.of(ids);
        }

        @Override
        public String id(Submission one) {
            return SubmissionType.id(one.id());
        }

        @Override
        public ObjectNode json(Submission one, Call call) {
            return PROPERTIES.json(id(one), one, wanted);
        }
    }
}
