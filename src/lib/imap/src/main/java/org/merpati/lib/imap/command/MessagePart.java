package org.merpati.lib.imap.command;

import java.nio.charset.StandardCharsets;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.Diverted;
import org.merpati.lib.imap.ImapSyntaxException;

/** A piece of a message that a client brings. */
public sealed interface MessagePart {
    /**
     * Octets that came with the command.
     *
     * @param utf8 whether the client says that their header is in UTF-8 (RFC 6855 §4)
     */
    record Text(Diverted octets, boolean utf8) implements MessagePart {
        static Text parse(CommandReader in) {
            return new Text(in.message(false), false);
        }

        /** After the word UTF8. */
        static Text parseUtf8(CommandReader in) {
            in.space().expect('(');
            var octets = in.message(true);
            in.expect(')');
            return new Text(octets, true);
        }
    }

    /** Octets that the server has: an IMAP URL, as it was sent. RFC 4469 §3. */
    record Url(String text) implements MessagePart {
        private static final int LONGEST = 4_000;

        static Url parse(CommandReader in) {
            int before = in.offset();
            var octets = in.astring();
            if (octets.length > LONGEST) {
                throw new ImapSyntaxException("a URL of at most " + LONGEST + " octets", before);
            }
            return new Url(new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    /** cat-part. */
    static MessagePart parse(CommandReader in) {
        int before = in.offset();
        return switch (in.word("TEXT or URL")) {
            case "TEXT" -> Text.parse(in.space());
            case "URL" -> Url.parse(in.space());
            case "UTF8" -> Text.parseUtf8(in);
            default -> throw new ImapSyntaxException("TEXT or URL", before);
        };
    }
}
