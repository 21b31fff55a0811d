package org.merpati.check.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.CommaList;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.field.ListField;
import org.merpati.lib.mime.field.MessageIds;
import org.merpati.lib.mime.field.Received;
import org.merpati.lib.mime.field.Unstructured;

/** Single field bodies and what mail-parser reads in them. */
class MailParserFieldsTest {
    @TestFactory
    List<DynamicTest> unstructured() {
        return samples("unstructured", JsonNode::asText, Unstructured::decode);
    }

    @TestFactory
    List<DynamicTest> commaLists() {
        return samples(
                "list",
                MailParserFieldsTest::strings,
                body -> CommaList.parse(body).toString());
    }

    @TestFactory
    List<DynamicTest> messageIds() {
        return samples(
                "id",
                MailParserFieldsTest::strings,
                body -> MessageIds.parse(body).toString());
    }

    @TestFactory
    List<DynamicTest> dates() {
        return samples("date", FieldText::theirDate, body -> FieldText.date(DateTime.parse(body)));
    }

    @TestFactory
    List<DynamicTest> addresses() {
        return samples("address", FieldText::theirAddresses, MailParserFieldsTest::addressesOrActions);
    }

    @TestFactory
    List<DynamicTest> trace() {
        return samples("received", FieldText::theirTrace, body -> FieldText.trace(Received.parse(body)));
    }

    @TestFactory
    List<DynamicTest> contentTypes() {
        var tests = new ArrayList<DynamicTest>();
        var differences = Differences.read();
        int number = 0;
        for (var sample : Samples.json("mail-parser/content_type.json")) {
            var id = "content_type#" + number++;
            var body = body(sample);
            var expected = sample.path("expected");
            tests.add(DynamicTest.dynamicTest(id, () -> {
                if (expected.isNull()) { // RFC 2045 §5.2
                    assertThat(ContentType.parse(body).mediaType()).isEqualTo("text/plain");
                    differences.check(id, "", "");
                } else if (expected.path("c_subtype").isNull()) {
                    var ours = Disposition.parse(body);
                    differences.check(
                            id,
                            expected.path("c_type").asText() + FieldText.theirParameters(expected.path("attributes")),
                            ours.kind() + FieldText.parameters(ours.parameters()));
                } else {
                    var ours = ContentType.parse(body);
                    differences.check(
                            id,
                            expected.path("c_type").asText()
                                    + '/'
                                    + expected.path("c_subtype").asText()
                                    + FieldText.theirParameters(expected.path("attributes")),
                            ours.mediaType() + FieldText.parameters(ours.parameters()));
                }
            }));
        }
        return tests;
    }

    private static List<DynamicTest> samples(
            String file, Function<JsonNode, String> theirs, Function<String, String> ours) {
        var tests = new ArrayList<DynamicTest>();
        var known = new HashSet<String>();
        var differences = Differences.read();
        for (var sample : Samples.json("mail-parser/" + file + ".json")) {
            var id = file + '#' + known.size();
            known.add(id);
            tests.add(DynamicTest.dynamicTest(
                    id, () -> differences.check(id, theirs.apply(sample.path("expected")), ours.apply(body(sample)))));
        }
        tests.add(DynamicTest.dynamicTest(
                "every listed sample is one",
                () -> assertThat(differences.unknown(file, known)).isEmpty()));
        return tests;
    }

    /** Mail-parser reads the URLs of lists as addresses. */
    private static String addressesOrActions(String body) {
        boolean list = body.contains("<http:")
                || body.contains("<mailto:")
                || body.contains("<ftp:")
                || body.startsWith("NO ");
        return list ? FieldText.actions(ListField.parse(body)) : FieldText.addresses(Address.parse(body));
    }

    private static String strings(JsonNode expected) {
        var strings = new ArrayList<String>();
        expected.forEach(string -> strings.add(string.asText()));
        return strings.toString();
    }

    /** The sample up to the line end that ends the field: those that no white space follows. */
    private static String body(JsonNode sample) {
        var header = sample.path("header").asText();
        int end = header.indexOf('\n');
        while (end >= 0 && end + 1 < header.length() && " \t".indexOf(header.charAt(end + 1)) >= 0) {
            end = header.indexOf('\n', end + 1);
        }
        return end < 0 ? header : header.substring(0, end + 1);
    }
}
