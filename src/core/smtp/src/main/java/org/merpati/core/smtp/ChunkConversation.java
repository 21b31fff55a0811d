package org.merpati.core.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.merpati.core.smtp.SmtpState.Chunked;
import org.merpati.core.smtp.SmtpState.Sending;
import org.merpati.lib.smtp.ChunkReader;
import org.merpati.lib.smtp.SmtpInput;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.command.Bdat;
import org.merpati.lib.smtp.command.BodyType;

/**
 * BDAT (RFC 3030 §2): chunks into the spool, and after the last one reception. Every chunk is read to its end before it is
 * answered, also one that nobody wants.
 */
final class ChunkConversation {
    private final SmtpServer server;
    private final SessionInput source;
    private final SmtpInput in;
    private final MessageHandover handover;

    ChunkConversation(SmtpServer server, SessionInput source, SmtpInput in, MessageHandover handover) {
        this.server = server;
        this.source = source;
        this.in = in;
        this.handover = handover;
    }

    /** What a chunk led to. */
    record Step(SmtpState state, List<SmtpReply> replies) {}

    /** The first chunk of a transaction that may have one. */
    Step first(Bdat bdat, Sending transaction) throws IOException {
        Chunks chunks;
        try {
            boolean binary = transaction.parameters().body() == BodyType.BINARY_MIME;
            chunks = new Chunks(in, server.spool().create(), server.limits().maxMessage(), binary);
        } catch (IOException e) {
            swallow(bdat);
            return new Step(transaction.reset(), List.of(handover.refused(transaction, SmtpFailures.replyFor(e))));
        }
        return next(bdat, new Chunked(transaction, chunks));
    }

    /** A chunk of a message that has begun; what goes wrong with it ends the transaction. */
    Step next(Bdat bdat, Chunked state) throws IOException {
        var chunks = state.chunks();
        boolean goesOn = false;
        source.inMessage(true);
        try {
            chunks.read(bdat.size());
            if (bdat.last()) {
                return new Step(
                        state.sending().greeted(), handover.end(state.sending(), chunks.message(), chunks.result()));
            }
            if (!chunks.good()) {
                return new Step(state.sending().greeted(), List.of(handover.refusal(state.sending(), chunks.result())));
            }
            goesOn = true;
            return new Step(state, List.of(SmtpReply.of(250, "2.6.0", bdat.size() + " octets received")));
        } finally {
            source.inMessage(false);
            if (!goesOn) {
                chunks.close();
            }
        }
    }

    /** Reads the chunk and forgets it. */
    void swallow(Bdat bdat) throws IOException {
        source.inMessage(true);
        try {
            new ChunkReader(in, OutputStream.nullOutputStream(), Long.MAX_VALUE, true).chunk(bdat.size());
        } finally {
            source.inMessage(false);
        }
    }
}
