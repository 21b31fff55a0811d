package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What every /changes does (RFC 8620 §5.2). */
final class ChangesRules extends Rules {
    private static final List<String> TYPES = List.of("Mailbox", "Thread", "Email", "Identity", "EmailSubmission");

    ChangesRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §5.2")
    void noChangeIsNoChange() {
        for (var type : TYPES) {
            var state = state(type);
            var answer = ok(type + "/changes", "'sinceState':?", state);
            assertThat(names(answer))
                    .as(type)
                    .contains("accountId", "oldState", "newState", "hasMoreChanges", "created", "updated", "destroyed");
            assertThat(answer.path("oldState").asText()).isEqualTo(state);
            assertThat(answer.path("newState").asText()).isEqualTo(state);
            assertThat(answer.path("hasMoreChanges").asBoolean()).isFalse();
        }
    }

    @Rule("RFC 8620 §5.2")
    void whatWasCreatedUpdatedAndDestroyedIsTold() {
        var updated = mailbox();
        var destroyed = mailbox();
        var state = state("Mailbox");
        var created = mailbox();
        update("Mailbox/set", updated, "'name':?", unique("New"));
        destroy("Mailbox/set", destroyed);
        var answer = ok("Mailbox/changes", "'sinceState':?", state);
        assertThat(texts(answer.path("created"))).containsExactly(created);
        assertThat(texts(answer.path("updated"))).containsExactly(updated);
        assertThat(texts(answer.path("destroyed"))).containsExactly(destroyed);
        assertThat(answer.path("newState").asText()).isEqualTo(state("Mailbox"));
    }

    @Rule("RFC 8620 §5.2")
    void whatCameAndWentIsNotToldAsCreated() {
        var state = state("Mailbox");
        var gone = mailbox();
        destroy("Mailbox/set", gone);
        var stays = mailbox();
        update("Mailbox/set", stays, "'name':?", unique("New"));
        var answer = ok("Mailbox/changes", "'sinceState':?", state);
        assertThat(texts(answer.path("created"))).containsExactly(stays);
        assertThat(texts(answer.path("updated"))).doesNotContain(stays);
    }

    @Rule("RFC 8620 §5.2")
    void aStateThatIsUnknownCannotBeCalculated() {
        for (var type : TYPES) {
            assertThat(error(type + "/changes", "'sinceState':'no such state'"))
                    .as(type)
                    .isEqualTo("cannotCalculateChanges");
        }
    }

    @Rule("RFC 8620 §5.2")
    void maxChangesIsPositive() {
        for (var type : TYPES) {
            var state = state(type);
            assertThat(error(type + "/changes", "'sinceState':?,'maxChanges':0", state))
                    .as(type)
                    .isEqualTo("invalidArguments");
            assertThat(error(type + "/changes", "'sinceState':?,'maxChanges':-1", state))
                    .as(type)
                    .isEqualTo("invalidArguments");
        }
    }

    @Rule("RFC 8620 §5.2")
    void stepsAreNoLargerThanAskedForAndLeadToTheEnd() {
        var box = mailbox();
        var old = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            old.add(mail(box, message("old " + i)));
        }
        var state = state("Email");
        var made = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            made.add(mail(box, message("new " + i)));
            update("Email/set", old.get(i), "'keywords/$seen':true");
        }
        destroy("Email/set", old.removeFirst());
        destroy("Email/set", made.removeFirst());

        var created = new LinkedHashSet<String>();
        var updated = new LinkedHashSet<String>();
        var destroyed = new LinkedHashSet<String>();
        for (boolean more = true; more; ) {
            var answer = ok("Email/changes", "'sinceState':?,'maxChanges':2", state);
            var told = new ArrayList<>(texts(answer.path("created")));
            told.addAll(texts(answer.path("updated")));
            told.addAll(texts(answer.path("destroyed")));
            assertThat(told).hasSizeLessThanOrEqualTo(2).doesNotHaveDuplicates();
            assertThat(texts(answer.path("created"))).noneMatch(id -> updated.contains(id) || destroyed.contains(id));
            assertThat(texts(answer.path("updated"))).noneMatch(destroyed::contains);
            created.addAll(texts(answer.path("created")));
            updated.addAll(texts(answer.path("updated")));
            destroyed.addAll(texts(answer.path("destroyed")));
            more = answer.path("hasMoreChanges").asBoolean();
            assertThat(answer.path("newState").asText().equals(state)).isFalse();
            state = answer.path("newState").asText();
        }
        assertThat(state).isEqualTo(state("Email"));
        created.removeAll(destroyed);
        assertThat(created).containsExactlyInAnyOrderElementsOf(made);
        assertThat(updated).containsAll(old);
    }
}
