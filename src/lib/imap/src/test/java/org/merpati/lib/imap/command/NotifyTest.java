package org.merpati.lib.imap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.merpati.lib.imap.command.NotifyEvent.FLAG_CHANGE;
import static org.merpati.lib.imap.command.NotifyEvent.MAILBOX_NAME;
import static org.merpati.lib.imap.command.NotifyEvent.MESSAGE_EXPUNGE;
import static org.merpati.lib.imap.command.NotifyEvent.MESSAGE_NEW;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;

/** RFC 5465 §8. */
final class NotifyTest {
    private static ImapCommand parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var in = new CommandReader(bytes, 0, bytes.length);
        return ImapVerb.read(in).parse(in);
    }

    private static EventGroup group(MailboxFilter mailboxes, NotifyEvent... events) {
        return new EventGroup(mailboxes, Set.of(events), List.of(), Set.of());
    }

    @Test
    void noneHasNoGroups() {
        assertThat(parse("notify none")).isEqualTo(new Notify(false, List.of()));
    }

    @Test
    void eachGroupHasItsMailboxesAndEvents() {
        assertThat(
                        parse(
                                "NOTIFY SET STATUS (selected (MessageNew (uid flags uid) MessageExpunge)) (SUBTREE (a inbox) (messagenew MESSAGEEXPUNGE FlagChange MailboxName)) (personal NONE)"))
                .isEqualTo(new Notify(
                        true,
                        List.of(
                                new EventGroup(
                                        MailboxFilter.Group.SELECTED,
                                        Set.of(MESSAGE_NEW, MESSAGE_EXPUNGE),
                                        List.of(FetchItem.Attribute.UID, FetchItem.Attribute.FLAGS),
                                        Set.of()),
                                group(
                                        new MailboxFilter.Subtree(
                                                List.of(new MailboxName("a"), MailboxName.INBOX), false),
                                        MESSAGE_NEW,
                                        MESSAGE_EXPUNGE,
                                        FLAG_CHANGE,
                                        MAILBOX_NAME),
                                group(MailboxFilter.Group.PERSONAL))));
    }

    @Test
    void eventsOfOthersAreKeptToBeRefused() {
        assertThat(parse("NOTIFY SET (selected-delayed (MessageNew MessageExpunge AnnotationChange))"))
                .isEqualTo(new Notify(
                        false,
                        List.of(new EventGroup(
                                MailboxFilter.Group.SELECTED_DELAYED,
                                Set.of(MESSAGE_NEW, MESSAGE_EXPUNGE),
                                List.of(),
                                Set.of("AnnotationChange")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY",
                "NOTIFY SET",
                "NOTIFY SET STATUS",
                "NOTIFY NONE NONE",
                "NOTIFY SOME",
                "NOTIFY SET ()",
                "NOTIFY SET (selected)",
                "NOTIFY SET (selected ())",
                "NOTIFY SET (selected (MessageNew))",
                "NOTIFY SET (selected (MessageExpunge))",
                "NOTIFY SET (personal (FlagChange))",
                "NOTIFY SET (selected (MailboxName))",
                "NOTIFY SET (selected (MessageNew () MessageExpunge))",
                "NOTIFY SET (selected (MessageNew (all) MessageExpunge))",
                "NOTIFY SET (personal (MessageNew (uid) MessageExpunge))",
                "NOTIFY SET (selected NONE) (selected-delayed NONE)",
                "NOTIFY SET (mailboxes (MailboxName))",
                "NOTIFY SET (somewhere (MailboxName))",
                "NOTIFY SET (personal (MailboxName)",
                "NOTIFY SET (personal (MailboxName))) ",
            })
    void whatMakesNoSenseIsASyntaxError(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ImapSyntaxException.class);
    }

    @Test
    void thereAreNoMoreGroupsAndEventsThanThereMayBe() {
        assertThatThrownBy(() -> parse("NOTIFY SET" + " (personal NONE)".repeat(101)))
                .hasMessageContaining("100 groups");
        assertThatThrownBy(() -> parse("NOTIFY SET (personal (" + "x ".repeat(20) + "x))"))
                .hasMessageContaining("20 events");
    }
}
