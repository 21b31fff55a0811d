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
 * down for each message would cost as much as the message; so what comes soon after it was written waits until a session leaves
 * the mailbox. After a crash those are recent once more, as the RFC has it of what cannot be determined.
 */
final class RecentClaims {
    private static final long SOON = Duration.ofMinutes(1).toNanos();

    /**
     * @param end the uid behind those that have been taken
     * @param written what the database says of it
     * @param at when that was written, in nanoseconds
     */
    private record Claim(long end, long written, long at) {}

    private final LongSupplier nanos;
    private final Map<MailboxId, Claim> claims = new HashMap<>();

    RecentClaims(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A session has taken these from the database when it selected the mailbox: those of them that no other was told of. */
    synchronized Recent selected(MailboxId mailbox, Recent taken) {
        return claims.containsKey(mailbox) ? written(mailbox, taken) : taken;
    }

    /** A session that has the mailbox selected has taken these from the database: those that no other was told of. */
    synchronized Recent written(MailboxId mailbox, Recent taken) {
        long before = end(mailbox);
        long end = taken.end().value();
        claims.put(mailbox, new Claim(Math.max(before, end), end, nanos.getAsLong()));
        return recent(Math.max(before, taken.from().value()), end);
    }

    /** Takes messages up to that uid. Empty when the database has to be asked, as it was not for a while. */
    synchronized Optional<Recent> take(MailboxId mailbox, long end) {
        var claim = claims.get(mailbox);
        return claim == null || nanos.getAsLong() - claim.at >= SOON
                ? Optional.empty()
                : Optional.of(take(mailbox, claim, end));
    }

    /**
     * Takes messages up to that uid where the database can't write.
     *
     * @param first what it says
     */
    synchronized Recent take(MailboxId mailbox, Uid first, long end) {
        var claim = claims.get(mailbox);
        return take(mailbox, claim == null ? new Claim(first.value(), first.value(), nanos.getAsLong()) : claim, end);
    }

    private Recent take(MailboxId mailbox, Claim before, long end) {
        claims.put(mailbox, new Claim(Math.max(before.end, end), before.written, before.at));
        return recent(before.end, end);
    }

    private static Recent recent(long from, long end) {
        return new Recent(new Uid(from), new Uid(Math.max(from, end)));
    }

    /** The first message that no session has been told of, where the database says that it is that one. */
    synchronized Uid first(MailboxId mailbox, Uid first) {
        return new Uid(Math.max(first.value(), end(mailbox)));
    }

    private long end(MailboxId mailbox) {
        var claim = claims.get(mailbox);
        return claim == null ? 0 : claim.end;
    }

    /** A session leaves the mailbox: what is to be written before it is {@link #forget forgotten}. */
    synchronized OptionalLong unwritten(MailboxId mailbox) {
        var claim = claims.get(mailbox);
        return claim == null || claim.end <= claim.written ? OptionalLong.empty() : OptionalLong.of(claim.end);
    }

    /** @param end up to which it was written, if more was unwritten */
    synchronized void forget(MailboxId mailbox, OptionalLong end) {
        var claim = claims.get(mailbox);
        if (claim != null && (claim.end <= claim.written || claim.end == end.orElse(-1))) {
            claims.remove(mailbox);
        }
    }
}
