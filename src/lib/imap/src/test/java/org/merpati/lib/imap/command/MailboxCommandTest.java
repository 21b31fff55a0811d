package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;

final class MailboxCommandTest {
    private static ImapCommand parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var in = new CommandReader(bytes, 0, bytes.length);
        return ImapVerb.read(in).parse(in);
    }

    @Test
    void listInTheBasicSyntaxIsNotExtended() {
        assertThat(parse("LIST a/ *%"))
                .isEqualTo(new ListMailboxes(Set.of(), "a/", List.of("*%"), ListReturn.NOTHING, false));
    }

    @Test
    void anyOfListsExtensionsMakesItExtended() {
        assertThat(parse("LIST () \"\" *"))
                .isEqualTo(new ListMailboxes(Set.of(), "", List.of("*"), ListReturn.NOTHING, true));
        assertThat(parse("LIST \"\" (a b)"))
                .isEqualTo(new ListMailboxes(Set.of(), "", List.of("a", "b"), ListReturn.NOTHING, true));
        assertThat(parse("LIST \"\" * RETURN ()"))
                .isEqualTo(new ListMailboxes(Set.of(), "", List.of("*"), ListReturn.NOTHING, true));
    }

    @Test
    void listTakesEachOptionOnce() {
        assertThat(
                        parse(
                                "list (subscribed REMOTE subscribed) \"\" * return (status (messages SIZE) status (size) children subscribed)"))
                .isEqualTo(new ListMailboxes(
                        Set.of(ListSelection.SUBSCRIBED, ListSelection.REMOTE),
                        "",
                        List.of("*"),
                        new ListReturn(true, Set.of(StatusItem.MESSAGES, StatusItem.SIZE), List.of()),
                        true));
    }

    @Test
    void createKeepsUsesAndTheSeparatorAtTheEnd() {
        assertThat(parse("CREATE a/b/ (USE (\\Sent \\X))"))
                .isEqualTo(new Create(new MailboxName("a/b/"), List.of("\\Sent", "\\X")));
        assertThat(parse("CREATE a (use ())")).isEqualTo(new Create(new MailboxName("a"), List.of()));
    }

    @Test
    void namesAreDecodedAndInboxIsInbox() {
        assertThat(parse("RENAME inbox \"&AOQ-\"")).isEqualTo(new Rename(MailboxName.INBOX, new MailboxName("ä")));
        assertThat(parse("UNSUBSCRIBE a")).isEqualTo(new Subscribe(new MailboxName("a"), false));
        assertThat(parse("LSUB \"\" &AOQ-*")).isEqualTo(new ListSubscribed("", "ä*"));
    }

    /** RFC 5464 §5 has GETMETADATA's options before the mailbox, its examples behind it. */
    @Test
    void metadataIsAskedForWithOptionsOnEitherSide() {
        var asked = new GetMetadata(
                new MailboxName("a"), OptionalLong.of(1024), Integer.MAX_VALUE, List.of("/private/comment", "/shared"));
        assertThat(parse("GETMETADATA (MAXSIZE 1024 DEPTH infinity) a (/Private/Comment /shared /SHARED)"))
                .isEqualTo(asked);
        assertThat(parse("GETMETADATA a (depth INFINITY maxsize 1024) (/private/comment /shared)"))
                .isEqualTo(asked);
        assertThat(parse("GETMETADATA \"\" /shared/admin"))
                .isEqualTo(new GetMetadata(new MailboxName(""), OptionalLong.empty(), 0, List.of("/shared/admin")));
    }

    @Test
    void metadataMayHoldAnyOctets() {
        var set = (SetMetadata) parse("SETMETADATA a (/private/a ~{3}\r\na\0b /private/B \"x\" /private/c NIL)");
        assertThat(set.entries().keySet()).containsExactly("/private/a", "/private/b", "/private/c");
        assertThat(set.entries().get("/private/a"))
                .hasValueSatisfying(octets -> assertThat(octets).containsExactly('a', 0, 'b'));
        assertThat(set.entries().get("/private/c")).isEmpty();
        assertThatThrownBy(() -> parse("SETMETADATA a (/private/a {3}\r\na\0b)"))
                .isInstanceOf(ImapSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIST (RECURSIVEMATCH REMOTE) \"\" *",
                "LIST (SUBSCRIBED \"\" *",
                "LIST \"\" * RETURN (STATUS)",
                "LIST \"\" * RETURN (STATUS (NOTHING))",
                "LIST \"\" * RETURN CHILDREN",
                "LIST \"\" (* )",
                "LIST \"\"",
                "CREATE a (USE \\Sent)",
                "CREATE a (USE (Sent))",
                "CREATE a (USE (\\Sent) PARTITION)",
                "CREATE a ()",
                "DELETE a b",
                "NAMESPACE ",
                "STATUS a MESSAGES",
                "RENAME a",
                "GETMETADATA a",
                "GETMETADATA a comment",
                "GETMETADATA a /private/a*",
                "GETMETADATA a /private//a",
                "GETMETADATA a /private/a/",
                "GETMETADATA (DEPTH 2) a /private/a",
                "GETMETADATA (SIZE 2) a /private/a",
                "GETMETADATA (DEPTH 1) a (DEPTH 1) /private/a",
                "SETMETADATA a /private/a x",
                "SETMETADATA a (/private x)",
                "SETMETADATA a (/private/vendor/x x)",
                "SETMETADATA a (/private/a)",
                "SETMETADATA a (/private/a atom)",
                "LIST \"\" * RETURN (METADATA ())"
            })
    void whatIsNoCommandIsASyntaxError(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void listHasNoMorePatternsAndOptionsThanItMay() {
        assertThatThrownBy(() -> parse("LIST \"\" (" + "a ".repeat(100) + "a)"))
                .isInstanceOf(ImapSyntaxException.class);
        assertThatThrownBy(() -> parse("LIST (" + "REMOTE ".repeat(20) + "REMOTE) \"\" *"))
                .isInstanceOf(ImapSyntaxException.class);
    }
}
