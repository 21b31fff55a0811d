package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
                        new ListReturn(true, Set.of(StatusItem.MESSAGES, StatusItem.SIZE)),
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
                "RENAME a"
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
