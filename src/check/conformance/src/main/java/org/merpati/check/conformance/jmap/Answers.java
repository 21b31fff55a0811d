package org.merpati.check.conformance.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The responses to one request, in order. */
record Answers(JsonNode response) {
    private JsonNode answer(int index) {
        var answers = response.path("methodResponses");
        assertThat(answers.size()).as(answers.toString()).isGreaterThan(index);
        return answers.get(index);
    }

    int size() {
        return response.path("methodResponses").size();
    }

    String name(int index) {
        return answer(index).path(0).asText();
    }

    String callId(int index) {
        return answer(index).path(2).asText();
    }

    /** The arguments of one that is no error. */
    JsonNode ok(int index) {
        assertThat(name(index)).as(answer(index).toString()).isNotEqualTo("error");
        return answer(index).path(1);
    }

    /** The arguments of one that is an error. */
    JsonNode error(int index) {
        assertThat(name(index)).as(answer(index).toString()).isEqualTo("error");
        return answer(index).path(1);
    }

    static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
