package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.IdentityId;
import org.merpati.core.api.mail.SubmissionId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Refusals;
import org.merpati.core.jmap.Responses;
import org.merpati.core.jmap.SetResults;
import org.merpati.core.jmap.SetType;
import org.merpati.core.jmap.States;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Emails.Email;
import org.merpati.core.store.Identities;
import org.merpati.core.store.Identities.Identity;
import org.merpati.core.store.Submissions;
import org.merpati.core.store.Submissions.Sent;
import org.merpati.core.store.Submissions.Status;
import org.merpati.core.store.Submissions.Submission;
import org.merpati.core.transport.Reception;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.Patch;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;

/** EmailSubmission/set (RFC 8621 §7.5): creating one sends its email, or has it wait. */
final class SubmissionSet implements SetType {
    private final Reception reception;

    SubmissionSet(Reception reception) {
        this.reception = reception;
    }

    @Override
    public String name() {
        return "EmailSubmission";
    }

    @Override
    public String state(Services services, AccountId account) {
        return States.of(services.get(Emails.class).state(account));
    }

    @Override
    public Work begin(AccountId account, Arguments in, Call call) throws MethodException {
        if (!(call.caller() instanceof Principal.User sender)) {
            throw new IllegalStateException("only users have accounts");
        }
        return new SubmissionWork(
                account,
                in.objects("onSuccessUpdateEmail"),
                in.optionalStrings("onSuccessDestroyEmail").orElse(List.of()),
                new Outgoing(call, sender, reception),
                call);
    }

    /**
     * @param updates onSuccessUpdateEmail
     * @param destroys onSuccessDestroyEmail
     * @param emails of each submission that was created, or asked to be changed or destroyed
     */
    private record SubmissionWork(
            AccountId account,
            SequencedMap<String, ObjectNode> updates,
            List<String> destroys,
            Outgoing outgoing,
            Call call,
            Map<String, String> emails)
            implements Work {
        SubmissionWork(
                AccountId account,
                SequencedMap<String, ObjectNode> updates,
                List<String> destroys,
                Outgoing outgoing,
                Call call) {
            this(account, updates, destroys, outgoing, call, new HashMap<>());
        }

        private record Found(Optional<Identity> identity, Optional<Email> email) {}

        @Override
        public Made create(ObjectNode given) throws SetException, IOException {
            var object = SubmissionType.PROPERTIES.created(given);
            if (object.has("undoStatus")) {
                throw new SetException(SetError.invalidProperty("undoStatus", "set by the server when it is created"));
            }
            var found = find(object);
            var identity = found.identity()
                    .orElseThrow(() ->
                            new SetException(SetError.invalidProperty("identityId", "no Identity of this account")));
            var email = found.email()
                    .orElseThrow(
                            () -> new SetException(SetError.invalidProperty("emailId", "no Email of this account")));
            var envelope = Optional.ofNullable(object.get("envelope")).filter(value -> !value.isNull());
            var now = Instant.ofEpochMilli(call.platform().clock().millis());
            var checked = outgoing.check(email, identity, envelope, now);
            var sent = new Sent(identity.id(), email.id(), email.thread(), checked.sendAt());
            var made = checked.sendAt().isAfter(now)
                    ? hold(sent, checked.envelope())
                    : keep(sent, checked.envelope(), outgoing.send(checked));
            var id = SubmissionType.id(made.id());
            emails.put(id, IdKind.EMAIL.id(email.id().value()));
            return new Made(id, SubmissionType.PROPERTIES.untold(id, made, told(given)));
        }

        /** An envelope that the server made is told as if it had been left out. */
        private static ObjectNode told(ObjectNode given) {
            var told = given.deepCopy();
            if (told.path("envelope").isNull()) {
                told.remove("envelope");
            }
            return told;
        }

        private Found find(ObjectNode object) {
            var identityId = number(IdKind.IDENTITY, object.path("identityId"));
            var emailId = number(IdKind.EMAIL, object.path("emailId"));
            return call.door()
                    .call(services ->
                            new Found(
                                    identityId.flatMap(
                                            number -> services.get(Identities.class).list(account).identities().stream()
                                                    .filter(one -> one.id().equals(new IdentityId(number)))
                                                    .findFirst()),
                                    emailId.flatMap(number -> services
                                            .get(Emails.class)
                                            .read(account, List.of(new EmailId(number)), false)
                                            .emails()
                                            .stream()
                                            .map(Emails.Seen::email)
                                            .findFirst())))
                    .orThrow();
        }

        private Optional<Long> number(IdKind kind, JsonNode id) {
            var number = call.number(kind, id.asText(""));
            return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
        }

        private Submission hold(Sent sent, GivenEnvelope envelope) throws SetException {
            var text = StoredJson.text(envelope.toJson());
            var status = StoredJson.text(DeliveryStatus.queued(envelope));
            var id = call.door()
                    .call(services -> services.get(Submissions.class).hold(account, sent, text, status))
                    .orThrow();
            return new Submission(made(id), sent, Status.PENDING, text, status);
        }

        /** It has been sent by now: if this fails, nobody may be told that nothing was done. */
        private Submission keep(Sent sent, GivenEnvelope envelope, ObjectNode delivered) throws SetException {
            var text = StoredJson.text(envelope.toJson());
            var status = StoredJson.text(delivered);
            try {
                var id = call.door()
                        .call(services -> services.get(Submissions.class).add(account, sent, text, status))
                        .orThrow();
                return new Submission(made(id), sent, Status.FINAL, text, status);
            } catch (NotDone e) {
                throw new NotDone(FailureKind.UNKNOWN_OUTCOME, e.id());
            }
        }

        private static SubmissionId made(Attempt<SubmissionId> attempt) throws SetException {
            return switch (attempt) {
                case Attempt.Made<SubmissionId>(var id) -> id;
                case Attempt.Refused<SubmissionId>(var why) ->
                    throw new SetException(
                            why == Attempt.Refusal.NO_SUCH_EMAIL
                                    ? SetError.invalidProperty("emailId", "no Email of this account")
                                    : Refusals.error(why));
            };
        }

        /** Nothing of a submission changes but that what waits is taken back (RFC 8621 §7.5). */
        @Override
        public Map<String, Updated> update(SequencedMap<String, Patch> patches) {
            var there = load(List.copyOf(patches.keySet()));
            var results = new LinkedHashMap<String, Updated>();
            patches.forEach((id, patch) -> {
                try {
                    var submission =
                            Optional.ofNullable(there.get(id)).orElseThrow(() -> new SetException(SetError.NOT_FOUND));
                    var revision = SubmissionType.PROPERTIES.revised(id, submission, patch);
                    if (revision.has("undoStatus")) {
                        cancel(submission, revision.after().get("undoStatus").asText(""));
                    }
                    results.put(id, Updated.DONE);
                } catch (SetException e) {
                    results.put(id, new Updated.Refused(e.error()));
                }
            });
            return results;
        }

        private void cancel(Submission submission, String undoStatus) throws SetException {
            if (!undoStatus.equals("canceled")) {
                throw new SetException(
                        SetError.invalidProperty("undoStatus", "a client sets it to \"canceled\" alone"));
            }
            var envelope = GivenEnvelope.read(StoredJson.value(submission.envelope()));
            var status = StoredJson.text(DeliveryStatus.canceled(envelope));
            boolean canceled = call.door()
                    .call(services -> services.get(Submissions.class).cancel(account, submission.id(), status))
                    .orThrow();
            if (!canceled) {
                throw new SetException(SetError.of("cannotUnsend", "it does not wait any more"));
            }
        }

        @Override
        public Map<String, SetError> destroy(List<String> ids) {
            var there = load(ids);
            var gone = new HashSet<>(call.door()
                    .call(services -> services.get(Submissions.class)
                            .destroy(
                                    account,
                                    there.values().stream().map(Submission::id).toList()))
                    .orThrow());
            var refused = new HashMap<String, SetError>();
            for (var id : ids) {
                var submission = there.get(id);
                if (submission == null) {
                    refused.put(id, SetError.NOT_FOUND);
                } else if (!gone.contains(submission.id())) {
                    refused.put(
                            id,
                            submission.status() == Status.PENDING
                                    ? SetError.forbidden("it waits to be sent; cancel it first")
                                    : SetError.NOT_FOUND);
                }
            }
            return refused;
        }

        /** By their ids; their emails are noted. */
        private Map<String, Submission> load(List<String> ids) {
            var numbers = SubmissionType.numbers(ids);
            var found = new HashMap<String, Submission>();
            for (int from = 0; from < numbers.size(); from += Submissions.PAGE) {
                var page = numbers.subList(from, Math.min(numbers.size(), from + Submissions.PAGE));
                call.door()
                        .call(services -> services.get(Submissions.class).get(account, page))
                        .orThrow()
                        .submissions()
                        .forEach(one -> found.put(SubmissionType.id(one.id()), one));
            }
            found.forEach((id, one) ->
                    emails.put(id, IdKind.EMAIL.id(one.sent().email().value())));
            return found;
        }

        /** One Email/set for all that was asked for in case of success (RFC 8621 §7.5). */
        @Override
        public void end(SetResults results, Responses responses) {
            var set = JsonNodeFactory.instance.objectNode().put("accountId", IdKind.ACCOUNT.id(account.value()));
            var update = set.putObject("update");
            updates.forEach((id, patch) -> email(id, results).ifPresent(email -> {
                if (update.get(email) instanceof ObjectNode before) {
                    before.setAll(patch);
                } else {
                    update.set(email, patch);
                }
            }));
            var destroy = set.putArray("destroy");
            destroys.forEach(id -> email(id, results).ifPresent(destroy::add));
            if (!update.isEmpty() || !destroy.isEmpty()) {
                responses.then("Email/set", set);
            }
        }

        /** The email of a submission that something was done with. */
        private Optional<String> email(String id, SetResults results) {
            boolean done = id.startsWith("#") && results.hasCreated(id.substring(1));
            var resolved = call.created().resolve(id);
            return resolved.filter(known -> done || results.hasUpdated(known) || results.hasDestroyed(known))
                    .map(emails::get);
        }
    }
}
