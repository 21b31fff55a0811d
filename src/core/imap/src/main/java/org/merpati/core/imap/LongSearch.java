package org.merpati.core.imap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.merpati.core.imap.search.Progress;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.StatusKind;

/** Tells the client of a long search how far that has come (RFC 9585), and finds out so that the client is gone. */
final class LongSearch implements Progress {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Conversation conversation;
    private Instant next;

    LongSearch(Conversation conversation) {
        this.conversation = conversation;
        this.next = conversation.surroundings().clock().instant().plus(EVERY);
    }

    @Override
    public void at(int done, int goal) throws IOException {
        var now = conversation.surroundings().clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        conversation
                .out()
                .send(Response.Status.untagged(
                        StatusKind.OK,
                        new ResponseCode.InProgress(conversation.tag(), done, goal),
                        "Searched " + done + " of " + goal));
        conversation.out().flush();
    }
}
