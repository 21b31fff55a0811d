package org.merpati.lib.imap.command;

import java.util.List;
import java.util.OptionalLong;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.imap.MailboxName;

/**
 * GETMETADATA. RFC 5464 §4.2. Its grammar has the options before the mailbox and its examples behind it: both are read.
 *
 * @param mailbox of no characters: the server
 * @param depth how many levels below the entries: 0, 1, or {@code Integer.MAX_VALUE}
 * @param entries in lower case
 */
public record GetMetadata(MailboxName mailbox, OptionalLong maxSize, int depth, List<String> entries)
        implements MailboxCommand {
    static final int MOST = 100;

    public GetMetadata {
        entries = List.copyOf(entries);
    }

    static GetMetadata parse(CommandReader in) {
        var options = new Options();
        if (in.space().nextIs('(')) {
            options.read(in);
            in.space();
        }
        var mailbox = in.mailbox();
        in.space();
        if (in.nextIs('(') && options.none() && in.followedBy("(MAXSIZE", "(DEPTH")) {
            options.read(in);
            in.space();
        }
        var entries = in.nextIs('(') ? in.list(MOST, EntryName::parse) : List.of(EntryName.parse(in));
        in.end();
        return new GetMetadata(
                mailbox,
                options.maxSize,
                options.depth,
                entries.stream().distinct().toList());
    }

    private static final class Options {
        private OptionalLong maxSize = OptionalLong.empty();
        private int depth;
        private boolean read;

        boolean none() {
            return !read;
        }

        void read(CommandReader in) {
            in.list(10, this::option);
            read = true;
        }

        private String option(CommandReader in) {
            int before = in.offset();
            var word = in.word("an option of GETMETADATA");
            switch (word) {
                case "MAXSIZE" -> maxSize = OptionalLong.of(in.space().number());
                case "DEPTH" -> depth = depth(in.space());
                default -> throw new ImapSyntaxException("MAXSIZE or DEPTH", before);
            }
            return word;
        }

        private static int depth(CommandReader in) {
            int before = in.offset();
            return switch (in.word("a depth")) {
                case "0" -> 0;
                case "1" -> 1;
                case "INFINITY" -> Integer.MAX_VALUE;
                default -> throw new ImapSyntaxException("0, 1 or infinity", before);
            };
        }
    }
}
