package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.FetchItem.Attribute;
import org.merpati.lib.imap.command.FetchItem.Body;
import org.merpati.lib.imap.command.FetchItem.Form;
import org.merpati.lib.imap.command.FetchItem.Partial;
import org.merpati.lib.mime.view.Section;

final class ImapVerbTest {
    private static ImapCommand parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var in = new CommandReader(bytes, 0, bytes.length);
        return ImapVerb.read(in).parse(in);
    }

    @Test
    void fetchKeepsTheOrderOfItsItemsAndEachOnce() {
        assertThat(parse("uid fetch 2:* (flags BODY.PEEK[header.fields (Subject \"To\")]<5.10> uid FLAGS)"))
                .isEqualTo(new Fetch(
                        new MessageSet.UidSet(List.of(new NumberRange(2, 0))),
                        true,
                        List.of(
                                Attribute.FLAGS,
                                new Body(
                                        new Section(List.of(), new Section.Fields(List.of("Subject", "To"), false)),
                                        Form.BODY,
                                        true,
                                        Optional.of(new Partial(5, 10))),
                                Attribute.UID),
                        FetchModifiers.NONE));
    }

    private static List<FetchItem> items(String text) {
        return ((Fetch) parse("FETCH 1 " + text)).items();
    }

    private static FetchItem body(Section section) {
        return new Body(section, Form.BODY, false, Optional.empty());
    }

    /** RFC 9051 §6.4.5.1. */
    @Test
    void sectionsArePartNumbersAndWhatOfThePart() {
        assertThat(
                        items(
                                "(BODY[] BODY[HEADER] BODY[4.2.2.1] BODY[4.1.MIME] BODY[4.2.text] BODY[3.HEADER.FIELDS.NOT (a)])"))
                .containsExactly(
                        body(Section.MESSAGE),
                        body(new Section(List.of(), Section.Whole.HEADER)),
                        body(new Section(List.of(4, 2, 2, 1), Section.Whole.BODY)),
                        body(new Section(List.of(4, 1), Section.Whole.MIME)),
                        body(new Section(List.of(4, 2), Section.Whole.TEXT)),
                        body(new Section(List.of(3), new Section.Fields(List.of("a"), true))));
    }

    /** RFC 3516 §4.2. */
    @Test
    void binaryHasPartNumbersAlone() {
        assertThat(items("(BINARY[1.2]<0.5> BINARY.PEEK[] BINARY.SIZE[3])"))
                .containsExactly(
                        new FetchItem.Binary(List.of(1, 2), false, Optional.of(new Partial(0, 5))),
                        new FetchItem.Binary(List.of(), true, Optional.empty()),
                        new FetchItem.BinarySize(List.of(3)));
        assertThatThrownBy(() -> parse("FETCH 1 BINARY[1.TEXT]")).isInstanceOf(ImapSyntaxException.class);
        assertThatThrownBy(() -> parse("FETCH 1 BINARY.SIZE[1]<0.1>")).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void aSectionThatIsNoneIsASyntaxError() {
        for (var section : List.of(
                "MIME",
                "0",
                "1.",
                "1..2",
                "1.0",
                ".1",
                "1.MIME.TEXT",
                "TEXT.1",
                "1.HEADER.FIELDS",
                "NONE",
                "2147483648",
                "1.".repeat(200) + "1")) {
            assertThatThrownBy(() -> parse("FETCH 1 BODY[" + section + "]"))
                    .as(section)
                    .isInstanceOf(ImapSyntaxException.class);
        }
    }

    @Test
    void macrosStandForTheirItems() {
        assertThat(items("all"))
                .containsExactly(
                        Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, FetchItem.Described.ENVELOPE);
        assertThat(items("FULL")).hasSize(5).endsWith(FetchItem.Described.BODY);
        assertThat(items("BODYSTRUCTURE")).containsExactly(FetchItem.Described.BODYSTRUCTURE);
        assertThatThrownBy(() -> parse("FETCH 1 (ALL)")).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void aPartialOfNothingIsASyntaxError() {
        assertThatThrownBy(() -> parse("FETCH 1 BODY[]<0.0>")).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void aFetchAsksForAtMostAHundredItems() {
        assertThatThrownBy(() -> parse("FETCH 1 (" + "UID ".repeat(100) + "UID)"))
                .hasMessageContaining("100 items");
    }

    @Test
    void aPasswordIsHiddenFromText() {
        assertThat(parse("LOGIN alice verysecret").toString()).contains("alice").doesNotContain("verysecret");
    }

    @Test
    void uidComesBeforeFewVerbsOnly() {
        assertThatThrownBy(() -> parse("UID LOGOUT")).isInstanceOf(ImapSyntaxException.class);
        assertThatThrownBy(() -> parse("UID UID FETCH 1 UID")).isInstanceOf(ImapSyntaxException.class);
    }
}
