package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;

/** The vacation response (RFC 8621 §8). */
final class VacationRules extends Rules {
    VacationRules(Jmap jmap) {
        super(jmap);
    }

    @Rule("RFC 8621 §8.1")
    void thereIsOneAndItIsTheSingleton() {
        var answer = ok("VacationResponse/get", "'ids':null");
        assertThat(answer.path("list")).hasSize(1);
        assertThat(answer.at("/list/0/id").asText()).isEqualTo("singleton");
        assertThat(names(answer.at("/list/0")))
                .containsExactlyInAnyOrder("id", "isEnabled", "fromDate", "toDate", "subject", "textBody", "htmlBody");
        assertThat(ok("VacationResponse/get", "'ids':['other']").path("notFound"))
                .hasSize(1);
    }

    @Rule("RFC 8621 §8")
    void whatIsSetIsKept() {
        update(
                "VacationResponse/set",
                "singleton",
                "'isEnabled':true,'fromDate':'2030-01-01T00:00:00Z','toDate':null,'subject':'Away','textBody':'b\u00e4'");
        var kept = get("VacationResponse", "singleton", "isEnabled", "fromDate", "toDate", "subject", "textBody");
        assertThat(kept.path("isEnabled").asBoolean()).isTrue();
        assertThat(kept.path("fromDate").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(kept.path("toDate").isNull()).isTrue();
        assertThat(kept.path("textBody").asText()).isEqualTo("b\u00e4");
        update("VacationResponse/set", "singleton", "'isEnabled':false");
    }

    @Rule("RFC 8621 §8")
    void whatIsOfTheWrongKindIsRefused() {
        for (var wrong : new String[] {"'isEnabled':'yes'", "'fromDate':'tomorrow'", "'nothing':1"}) {
            assertThat(updateRefusal("VacationResponse/set", "singleton", wrong)
                            .path("type")
                            .asText())
                    .as(wrong)
                    .isEqualTo("invalidProperties");
        }
    }
}
