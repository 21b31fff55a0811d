package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Calls that fail (RFC 8620 §3.6.2, §3.9). */
final class ErrorRules extends Rules {
    ErrorRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8620 §3.6.2")
    void aFailedCallIsAnErrorInItsPlaceAndTheNextGoesOn() {
        var answers =
                jmap.run(Call.of("Core/echo", "'a':1"), Call.of("Nothing/get", ""), Call.of("Core/echo", "'a':3"));
        assertThat(answers.size()).isEqualTo(3);
        assertThat(answers.ok(0).path("a").asInt()).isEqualTo(1);
        assertThat(answers.error(1).path("type").asText()).isEqualTo("unknownMethod");
        assertThat(answers.callId(1)).isEqualTo("1");
        assertThat(answers.ok(2).path("a").asInt()).isEqualTo(3);
    }

    @Rule("RFC 8620 §3.6.2")
    void anAccountThatIsNotTheCallersIsNotFound() {
        for (var method : List.of("Mailbox/get", "Email/query", "Thread/get", "Identity/get", "VacationResponse/get")) {
            assertThat(error(method, "'accountId':'nobody'")).as(method).isEqualTo("accountNotFound");
        }
    }

    @Rule({"RFC 8620 §3.6.2", "RFC 8620 §3.9"})
    void aMissingOrWrongArgumentIsInvalid() {
        assertThat(error("Email/changes", "")).isEqualTo("invalidArguments");
        assertThat(error("Email/get", "'ids':'all'")).isEqualTo("invalidArguments");
        assertThat(error("Email/get", "'ids':[1]")).isEqualTo("invalidArguments");
        assertThat(error("Mailbox/set", "'create':[]")).isEqualTo("invalidArguments");
        assertThat(error("Mailbox/query", "'calculateTotal':'yes'")).isEqualTo("invalidArguments");
        assertThat(error("Mailbox/get", "'accountId':null")).isEqualTo("invalidArguments");
    }

    @Rule("RFC 8620 §3.9")
    void anUnknownArgumentIsInvalid() {
        for (var method : List.of("Mailbox/get", "Email/query", "Email/set", "Thread/get", "Identity/get")) {
            assertThat(error(method, "'nothing':true")).as(method).isEqualTo("invalidArguments");
        }
    }

    @Rule("RFC 8620 §3.6.2")
    void aFailedSetChangesNothing() {
        var name = unique("Never");
        var before = state("Mailbox");
        assertThat(error("Mailbox/set", "'ifInState':'no such state','create':{'a':{'name':?}}", name))
                .isEqualTo("stateMismatch");
        assertThat(error("Mailbox/set", "'create':{'a':{'name':?}},'destroy':7", name))
                .isEqualTo("invalidArguments");
        assertThat(state("Mailbox")).isEqualTo(before);
        assertThat(ok("Mailbox/query", "'filter':{'name':?}", name).path("ids")).isEmpty();
    }
}
