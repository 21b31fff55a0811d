package org.merpati.lib.imap.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/**
 * A message as APPEND and REPLACE bring it: append-message of RFC 4466 §7, with RFC 4469 §5 and RFC 6855 §4.
 *
 * @param received empty: now
 * @param parts at least one; several with CATENATE
 */
public record AppendedMessage(Flags flags, Optional<Instant> received, List<MessagePart> parts) {
    private static final int MOST_PARTS = 1_000;

    public AppendedMessage {
        parts = List.copyOf(parts);
    }

    /** After the mailbox, or after the message before. */
    static AppendedMessage parse(CommandReader in) {
        in.space();
        var flags = Flags.NONE;
        if (in.nextIs('(')) {
            flags = Flags.list(in);
            in.space();
        }
        Optional<Instant> received = Optional.empty();
        if (in.nextIs('"')) {
            received = Optional.of(DateTimes.parse(in));
            in.space();
        }
        return new AppendedMessage(flags, received, parts(in));
    }

    private static List<MessagePart> parts(CommandReader in) {
        if (in.nextIsLiteral()) {
            return List.of(MessagePart.Text.parse(in));
        }
        int before = in.offset();
        return switch (in.word("a message")) {
            case "CATENATE" -> in.space().list(MOST_PARTS, MessagePart::parse);
            case "UTF8" -> List.of(MessagePart.Text.parseUtf8(in));
            default -> throw new ImapSyntaxException("a message", before);
        };
    }
}
