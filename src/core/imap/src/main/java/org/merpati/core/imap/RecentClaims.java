package org.merpati.core.imap;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes.Recent;

/**
 * What sessions of this server have been told of as recent (RFC 3501 §2.3.2) and the database does not know yet. To write it
 * down for each message would cost as much as the message; so what comes soon after it was written waits until the last session
 * leaves the mailbox. After a crash those are recent once more, as the RFC has it of what cannot be determined.
 */
final class RecentClaims {
    private static final long SOON = Duration.ofMinutes(1).toNanos();

    /** Of one mailbox, while a session has it selected. */
    private static final class Claim {
        private int sessions;
        private long end; // the uid behind those that have been taken
        private long written; // what the database says of it; 0 while it has not been asked
        private long at; // when it was asked
    }

    private final LongSupplier nanos;
    private final Map<MailboxId, Claim> claims = new HashMap<>();

    RecentClaims(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A session has selected the mailbox, and will {@link #leave} it. */
    synchronized void enter(MailboxId mailbox) {
        claims.computeIfAbsent(mailbox, id -> new Claim()).sessions++;
    }

    /** A session has taken these from the database: those of them that no other was told of. */
    synchronized Recent written(MailboxId mailbox, Recent taken) {
        var claim = claims.get(mailbox);
        return claim == null ? taken : write(claim, taken.from(), taken.end());
    }

    private Recent write(Claim claim, Uid from, Uid end) {
        claim.written = end.value();
        claim.at = nanos.getAsLong();
        return take(claim, from.value(), end.value());
    }

    /** Takes messages up to that uid. Empty when the database has to be asked, as it was not for a while. */
    synchronized Optional<Recent> take(MailboxId mailbox, long end) {
        var claim = claims.get(mailbox);
        return claim == null || claim.written == 0 || nanos.getAsLong() - claim.at >= SOON
                ? Optional.empty()
                : Optional.of(take(claim, claim.end, end));
    }

    /**
     * Takes messages up to that uid where the database can't write.
     *
     * @param first what it says
     */
    synchronized Recent take(MailboxId mailbox, Uid first, long end) {
        var claim = claims.get(mailbox);
        if (claim == null) {
            return new Recent(first, new Uid(end));
        }
        write(claim, first, first);
        return take(claim, claim.end, end);
    }

    private static Recent take(Claim claim, long from, long end) {
        long before = Math.max(claim.end, from);
        claim.end = Math.max(before, end);
        return new Recent(new Uid(before), new Uid(claim.end));
    }

    /** The first message that no session has been told of, where the database says that it is that one. */
    synchronized Uid first(MailboxId mailbox, Uid first) {
        var claim = claims.get(mailbox);
        return claim == null || claim.end < first.value() ? first : new Uid(claim.end);
    }

    /** What the last session has to write down when it leaves; it says then that it {@link #wrote}. */
    synchronized OptionalLong leave(MailboxId mailbox) {
        var claim = claims.get(mailbox);
        if (claim == null || --claim.sessions > 0) {
            return OptionalLong.empty();
        }
        if (claim.end > claim.written) {
            return OptionalLong.of(claim.end);
        }
        claims.remove(mailbox);
        return OptionalLong.empty();
    }

    /** What {@link #leave} said is written, or can't be. */
    synchronized void wrote(MailboxId mailbox) {
        var claim = claims.get(mailbox);
        if (claim != null && claim.sessions == 0) {
            claims.remove(mailbox);
        }
    }
}
