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
                        List.of(
                                Attribute.FLAGS,
                                new Body(
                                        new Section.HeaderFields(List.of("Subject", "To"), false),
                                        Form.BODY,
                                        true,
                                        Optional.of(new Partial(5, 10))),
                                Attribute.UID)));
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
    void searchKeysNestToALimit() {
        assertThat(parse("SEARCH " + "(".repeat(20) + "ALL" + ")".repeat(20)))
                .isEqualTo(new Search(false, "US-ASCII", new SearchKey.All()));
        assertThatThrownBy(() -> parse("SEARCH " + "(".repeat(21) + "ALL" + ")".repeat(21)))
                .hasMessageContaining("20 parentheses");
    }

    @Test
    void aPasswordIsHiddenFromText() {
        assertThat(parse("LOGIN alice verysecret").toString()).contains("alice").doesNotContain("verysecret");
    }

    @Test
    void everyVerbThatIsNotBuiltSaysSo() {
        assertThat(parse("UID STORE (((")).isEqualTo(new NotBuilt("UID STORE"));
        assertThatThrownBy(() -> parse("UNSELECT")).isInstanceOf(ImapSyntaxException.class);
        assertThatThrownBy(() -> parse("UID LOGOUT")).isInstanceOf(ImapSyntaxException.class);
    }
}
