package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
        claims.enter(MAILBOX);
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
        claims.enter(MAILBOX);
        claims.written(MAILBOX, recent(1, 2));
        assertThat(claims.take(MAILBOX, 5)).contains(recent(2, 5));
        assertThat(claims.take(MAILBOX, 4)).as("a session that is behind").contains(recent(5, 5));
        assertThat(claims.first(MAILBOX, new Uid(2))).isEqualTo(new Uid(5));
        assertThat(claims.written(MAILBOX, recent(2, 9))).isEqualTo(recent(5, 9));
        assertThat(claims.take(MAILBOX, 10)).contains(recent(9, 10));
    }

    @Test
    void theLastSessionWrites() {
        claims.enter(MAILBOX);
        claims.enter(MAILBOX);
        claims.written(MAILBOX, recent(1, 2));
        claims.take(MAILBOX, 5);
        assertThat(claims.leave(MAILBOX)).isEmpty();
        assertThat(claims.leave(MAILBOX)).hasValue(5);
        assertThat(claims.first(MAILBOX, new Uid(1))).as("until it is written").isEqualTo(new Uid(5));
        claims.wrote(MAILBOX);
        assertThat(claims.first(MAILBOX, new Uid(1))).isEqualTo(new Uid(1));
    }

    @Test
    void whoComesWhileTheLastOneWritesGoesOnFromThere() {
        claims.enter(MAILBOX);
        claims.written(MAILBOX, recent(1, 2));
        claims.take(MAILBOX, 5);
        assertThat(claims.leave(MAILBOX)).hasValue(5);
        claims.enter(MAILBOX);
        claims.wrote(MAILBOX);
        assertThat(claims.take(MAILBOX, 6)).contains(recent(5, 6));
        assertThat(claims.leave(MAILBOX)).hasValue(6);
    }

    @Test
    void whatIsWrittenNeedsNotBeWrittenAgain() {
        claims.enter(MAILBOX);
        claims.written(MAILBOX, recent(1, 2));
        assertThat(claims.leave(MAILBOX)).isEmpty();
        assertThat(claims.first(MAILBOX, new Uid(1))).isEqualTo(new Uid(1));
    }

    @Test
    void whereNothingCanBeWrittenItIsKeptInMemory() {
        claims.enter(MAILBOX);
        assertThat(claims.take(MAILBOX, new Uid(3), 5)).isEqualTo(recent(3, 5));
        assertThat(claims.take(MAILBOX, new Uid(3), 6)).isEqualTo(recent(5, 6));
        assertThat(claims.leave(MAILBOX)).hasValue(6);
    }

    private static Recent recent(long from, long end) {
        return new Recent(new Uid(from), new Uid(end));
    }
}
