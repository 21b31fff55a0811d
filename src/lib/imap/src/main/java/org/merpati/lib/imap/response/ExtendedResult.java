package org.merpati.lib.imap.response;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.PartialRange;

/**
 * {@code * ESEARCH} (RFC 9051 §7.3.4).
 *
 * @param tag of the command that it answers
 * @param source the mailbox that was searched, when the command was ESEARCH (RFC 7377 §2.1)
 * @param uids whether its numbers are uids
 */
public record ExtendedResult(String tag, Optional<Source> source, boolean uids, List<Item> items)
        implements SearchResponse {
    public record Source(MailboxName mailbox, long uidValidity) {}

    /**
     * Messages that stand beside one another among the results.
     *
     * @param position of the first, from 1; 0 where results are in the mailbox's order, and it does not matter
     */
    public record Placed(int position, List<NumberRange> messages) {
        public Placed {
            messages = List.copyOf(messages);
        }

        public static List<Placed> anywhere(List<NumberRange> messages) {
            return List.of(new Placed(0, messages));
        }
    }

    public sealed interface Item {
        record Min(long number) implements Item {}

        record Max(long number) implements Item {}

        record Count(int messages) implements Item {}

        /** Not empty. */
        record All(List<NumberRange> messages) implements Item {
            public All {
                messages = List.copyOf(messages);
            }
        }

        /** RFC 9394 §3.1. */
        record Partial(PartialRange range, List<NumberRange> messages) implements Item {
            public Partial {
                messages = List.copyOf(messages);
            }
        }

        /** Messages that are results now (RFC 5267 §4.3.3); not empty. */
        record AddTo(List<Placed> messages) implements Item {
            public AddTo {
                messages = List.copyOf(messages);
            }
        }

        /** Messages that are results no more (RFC 5267 §4.3.4); not empty. */
        record RemoveFrom(List<Placed> messages) implements Item {
            public RemoveFrom {
                messages = List.copyOf(messages);
            }
        }

        /** The greatest of the messages told of (RFC 4731 §3.2). */
        record ModSeq(long value) implements Item {}
    }

    public ExtendedResult {
        items = List.copyOf(items);
    }
}
