package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.view.Section.Range;
import org.merpati.lib.mime.view.Section.Whole;

/** RFC 9051 §6.4.5.1. */
final class SectionTest {
    private static Section section(String path, Section.What what) {
        return new Section(
                path.isEmpty()
                        ? List.of()
                        : Arrays.stream(path.split("\\.")).map(Integer::valueOf).toList(),
                what);
    }

    private static String octets(Message message, Range range) {
        try (var in = message.octets().open(range.from(), range.to())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String cut(String text, String path, Section.What what) {
        var message = Samples.message(text);
        return section(path, what)
                .in(message.root())
                .map(range -> octets(message, range))
                .orElse("NIL");
    }

    @ParameterizedTest
    @CsvSource({
        "1, BODY, one",
        "2, BODY, two",
        "3.1, BODY, three one",
        "3.2, BODY, three two",
        "4.1, BODY, four one",
        "4.2.1, BODY, four two one",
        "4.2.2.1, BODY, four two two one",
        "4.2.2.2, BODY, four two two two",
        "1, TEXT, NIL",
        "4, HEADER, NIL",
        "4.1, HEADER, NIL",
        "5, BODY, NIL",
        "1.1, BODY, NIL",
        "3.3, MIME, NIL",
        "4.2.2.3, BODY, NIL",
    })
    void theExampleOfTheStandard(String path, Whole what, String expected) {
        assertThat(cut(Samples.SECTIONS, path, what)).isEqualTo(expected);
    }

    @Test
    void headersAndBodiesOfMessagesAndParts() {
        assertThat(cut(Samples.SECTIONS, "", Whole.BODY)).isEqualTo(Samples.SECTIONS);
        assertThat(cut(Samples.SECTIONS, "", Whole.HEADER) + cut(Samples.SECTIONS, "", Whole.TEXT))
                .isEqualTo(Samples.SECTIONS);
        assertThat(cut(Samples.SECTIONS, "4.1", Whole.MIME)).isEqualTo("Content-Type: image/gif\n\n");
        assertThat(cut(Samples.SECTIONS, "1", Whole.MIME)).isEqualTo("\n");
        assertThat(cut(Samples.SECTIONS, "3", Whole.HEADER))
                .isEqualTo("Subject: three\nContent-Type: multipart/mixed; boundary=b\n\n");
        assertThat(cut(Samples.SECTIONS, "3", Whole.TEXT)).startsWith("--b\n").endsWith("--b--");
        assertThat(cut(Samples.SECTIONS, "3", Whole.BODY))
                .isEqualTo(cut(Samples.SECTIONS, "3", Whole.HEADER) + cut(Samples.SECTIONS, "3", Whole.TEXT));
        assertThat(cut(Samples.SECTIONS, "4.2.2", Whole.BODY))
                .startsWith("--e\n")
                .endsWith("--e--");
    }

    @Test
    void aMessageThatIsNoMultipartIsItsOwnFirstPart() {
        assertThat(cut("Subject: x\n\nhello\n", "1", Whole.BODY)).isEqualTo("hello\n");
        assertThat(cut("Subject: x\n\nhello\n", "1", Whole.MIME)).isEqualTo("Subject: x\n\n");
        assertThat(cut("Subject: x\n\nhello\n", "1.1", Whole.BODY)).isEqualTo("NIL");
        assertThat(cut("Subject: x\n\nhello\n", "2", Whole.BODY)).isEqualTo("NIL");
        var forward = "Content-Type: message/rfc822\n\nSubject: in\n\nhello\n";
        assertThat(cut(forward, "1", Whole.BODY)).isEqualTo("Subject: in\n\nhello\n");
        assertThat(cut(forward, "1", Whole.HEADER)).isEqualTo("Subject: in\n\n");
        assertThat(cut(forward, "1.1", Whole.BODY)).isEqualTo("hello\n");
        assertThat(cut(forward, "1.1.1", Whole.BODY)).isEqualTo("NIL");
    }

    @Test
    void everyPartIsFoundByItsNumber() {
        for (var text : List.of(Samples.SECTIONS, Samples.LIST_MESSAGE, "\nx", "Content-Type: message/rfc822\n\n\nx")) {
            everyPartIsFound(Samples.message(text).root(), Samples.message(text));
        }
    }

    private static void everyPartIsFound(org.merpati.lib.mime.Part part, Message message) {
        if (!part.section().isEmpty()) {
            var found = section(part.section(), Whole.BODY).part(message.root());
            assertThat(found.map(org.merpati.lib.mime.Part::bodyStart)).contains(part.bodyStart());
        }
        part.parts().forEach(child -> everyPartIsFound(child, message));
        part.message().ifPresent(inner -> everyPartIsFound(inner, message));
    }

    private static String pick(String header, boolean not, String... names) {
        var octets = header.getBytes(StandardCharsets.ISO_8859_1);
        return new String(new Section.Fields(List.of(names), not).pick(octets), StandardCharsets.ISO_8859_1);
    }

    @Test
    void fieldsComeAsTheyStandInTheirOrder() {
        var header = "Received: a\r\n\tb\r\nSubject: one\r\nFrom : x\r\nsubject: two\r\n three\r\n\r\n";
        assertThat(pick(header, false, "SUBJECT", "from"))
                .isEqualTo("Subject: one\r\nFrom : x\r\nsubject: two\r\n three\r\n\r\n");
        assertThat(pick(header, true, "Subject")).isEqualTo("Received: a\r\n\tb\r\nFrom : x\r\n\r\n");
        assertThat(pick(header, false, "X")).isEqualTo("\r\n");
    }

    @Test
    void theEmptyLineIsThereEvenWhereTheMessageEndsInAField() {
        assertThat(pick("Subject: one", false, "subject")).isEqualTo("Subject: one\r\n\r\n");
        assertThat(pick("", true, "subject")).isEqualTo("\r\n");
    }

    @Test
    void fieldsAreOfTheMessageThatThePathLeadsTo() {
        var fields = new Section.Fields(List.of("x-other"), false);
        var message = Samples.message(Samples.SECTIONS);
        var range = section("4.2", fields).in(message.root()).orElseThrow();
        assertThat(new String(
                        fields.pick(octets(message, range).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo("X-Other: x\n\r\n");
        assertThat(section("4.1", fields).in(message.root())).isEmpty();
    }

    @Test
    void aPartialGoesNoFurtherThanItsRange() {
        var range = new Range(10, 20);
        assertThat(range.partial(0, 5)).isEqualTo(new Range(10, 15));
        assertThat(range.partial(8, 4_294_967_295L)).isEqualTo(new Range(18, 20));
        assertThat(range.partial(10, 1).size()).isZero();
        assertThat(range.partial(4_294_967_295L, 1)).isEqualTo(new Range(20, 20));
    }

    @Test
    void sectionsAreWrittenAsTheyAreAskedFor() {
        assertThat(section("4.2", Whole.BODY)).hasToString("4.2");
        assertThat(section("4.2", Whole.MIME)).hasToString("4.2.MIME");
        assertThat(section("", Whole.TEXT)).hasToString("TEXT");
        assertThat(Section.MESSAGE).hasToString("");
        assertThat(section("1", new Section.Fields(List.of("a"), true))).hasToString("1.HEADER.FIELDS.NOT");
        assertThatThrownBy(() -> section("", Whole.MIME)).isInstanceOf(IllegalArgumentException.class);
    }
}
