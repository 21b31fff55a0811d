package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes.Recent;

class RecentClaimsTest {
    private static final MailboxId MAILBOX = new MailboxId(7);

    private long now;
    private final RecentClaims claims = new RecentClaims(() -> now);

    @Test
    void theDatabaseIsAskedFirstAndAgainAfterAWhile() {
        assertThat(claims.take(MAILBOX, 4)).isEmpty();
        assertThat(claims.written(MAILBOX, recent(3, 5))).isEqualTo(recent(3, 5));
        assertThat(claims.take(MAILBOX, 6)).contains(recent(5, 6));
        now = Duration.ofMinutes(1).toNanos();
        assertThat(claims.take(MAILBOX, 7)).isEmpty();
        assertThat(claims.written(MAILBOX, recent(5, 7))).as("5 was taken").isEqualTo(recent(6, 7));
        assertThat(claims.take(MAILBOX, 8)).contains(recent(7, 8));
    }

    @Test
    void noMessageIsTakenTwice() {
        claims.written(MAILBOX, recent(1, 2));
        assertThat(claims.take(MAILBOX, 5)).contains(recent(2, 5));
        assertThat(claims.take(MAILBOX, 4)).as("a session that is behind").contains(recent(5, 5));
        assertThat(claims.first(MAILBOX, new Uid(2))).isEqualTo(new Uid(5));
        assertThat(claims.selected(MAILBOX, recent(2, 9))).isEqualTo(recent(5, 9));
        assertThat(claims.take(MAILBOX, 10)).contains(recent(9, 10));
    }

    @Test
    void whatIsUnwrittenIsKeptUntilItIsWritten() {
        claims.written(MAILBOX, recent(1, 2));
        assertThat(claims.unwritten(MAILBOX)).isEmpty();
        claims.take(MAILBOX, 5);
        assertThat(claims.unwritten(MAILBOX)).hasValue(5);
        claims.take(MAILBOX, 6);
        claims.forget(MAILBOX, OptionalLong.of(5));
        assertThat(claims.unwritten(MAILBOX))
                .as("another session has taken more")
                .hasValue(6);
        claims.forget(MAILBOX, OptionalLong.of(6));
        assertThat(claims.first(MAILBOX, new Uid(1))).isEqualTo(new Uid(1));
    }

    @Test
    void whereNothingCanBeWrittenItIsKeptInMemory() {
        assertThat(claims.take(MAILBOX, new Uid(3), 5)).isEqualTo(recent(3, 5));
        assertThat(claims.take(MAILBOX, new Uid(3), 6)).isEqualTo(recent(5, 6));
        assertThat(claims.unwritten(MAILBOX)).hasValue(6);
    }

    @Test
    void whoOnlySelectsLeavesNothingBehind() {
        assertThat(claims.selected(MAILBOX, recent(1, 3))).isEqualTo(recent(1, 3));
        assertThat(claims.first(MAILBOX, new Uid(1))).isEqualTo(new Uid(1));
    }

    private static Recent recent(long from, long end) {
        return new Recent(new Uid(from), new Uid(end));
    }
}
