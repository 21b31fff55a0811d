package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The event source (RFC 8620 §7.1, §7.3). */
final class EventSourceRules extends Rules {
    EventSourceRules(Jmap jmap) {
        super(jmap);
    }

    private record Event(String name, String id, JsonNode data) {}

    /** The next one that is no comment. */
    private static Event next(BufferedReader events) throws IOException {
        var name = "";
        var id = "";
        var data = new StringBuilder();
        for (var line = events.readLine(); line != null; line = events.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Event(name, id, Jmap.JSON.readTree(data.toString()));
            }
            if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            }
        }
        throw new IOException("the events ended");
    }

    private static void listening(BufferedReader events) throws IOException {
        assertThat(events.readLine()).startsWith(":");
    }

    @Rule({"RFC 8620 §7.1", "RFC 8620 §7.3", "RFC 8621 §1.5"})
    void aChangeIsToldWithTheStatesOfItsTypes() throws IOException {
        var box = mailbox();
        try (var events = jmap.events("*", "state", "0")) {
            listening(events);
            mail(box, message("event"));
            var event = next(events);
            assertThat(event.name()).isEqualTo("state");
            assertThat(event.data().path("@type").asText()).isEqualTo("StateChange");
            var states = event.data().path("changed").path(jmap.account());
            assertThat(names(states)).contains("Email", "Mailbox", "Thread", "EmailDelivery");
            assertThat(states.path("Email").asText()).isEqualTo(state("Email"));
            assertThat(events.readLine()).as("it ends after a state").isNull();
        }
    }

    @Rule("RFC 8620 §7.3")
    void onlyTheTypesAskedForAreTold() throws IOException {
        var box = mailbox();
        try (var events = jmap.events("Mailbox,Identity", "state", "0")) {
            listening(events);
            mail(box, message("event"));
            assertThat(names(next(events).data().path("changed").path(jmap.account())))
                    .containsExactly("Mailbox");
        }
    }

    @Rule("RFC 8621 §1.5")
    void aChangedFlagIsNoDelivery() throws IOException {
        var mail = mail(mailbox(), message("event"));
        try (var events = jmap.events("EmailDelivery,Email", "state", "0")) {
            listening(events);
            update("Email/set", mail, "'keywords/$flagged':true");
            assertThat(names(next(events).data().path("changed").path(jmap.account())))
                    .containsExactly("Email");
        }
    }

    @Rule("RFC 8620 §7.3")
    void itGoesOnAfterAStateWhenAskedTo() throws IOException {
        var box = mailbox();
        try (var events = jmap.events("Email", "no", "0")) {
            listening(events);
            mail(box, message("event one"));
            next(events);
            mail(box, message("event two"));
            var states = new ArrayList<String>();
            while (!states.contains(state("Email"))) {
                states.add(next(events)
                        .data()
                        .path("changed")
                        .path(jmap.account())
                        .path("Email")
                        .asText());
            }
        }
    }

    @Rule("RFC 8620 §7.3")
    void aPingSaysItsIntervalAndHasNoId() throws IOException {
        try (var events = jmap.events("Email", "no", "1")) {
            listening(events);
            var event = next(events);
            assertThat(event.name()).isEqualTo("ping");
            assertThat(event.id()).isEmpty();
            assertThat(event.data().path("interval").asInt()).isBetween(1, 30);
        }
    }

    @Rule("RFC 8620 §7.3")
    void argumentsThatAreWrongAreRefused() throws IOException {
        var template = jmap.session().path("eventSourceUrl").asText();
        for (var wrong : List.of(List.of("*", "sometimes", "0"), List.of("*", "no", "-1"), List.of("*", "no", "x"))) {
            var address = Jmap.expand(template, "types", wrong.get(0));
            address = Jmap.expand(Jmap.expand(address, "closeafter", wrong.get(1)), "ping", wrong.get(2));
            assertThat(jmap.get(address).statusCode()).as(address).isEqualTo(400);
        }
    }
}
