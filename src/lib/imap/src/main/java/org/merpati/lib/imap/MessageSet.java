package org.merpati.lib.imap;

import java.util.List;

/** Which messages a command is about: by sequence number, or by uid when its verb came with UID (RFC 3501 §6.4.8). */
public sealed interface MessageSet {
    /** In the order they were written; they may overlap. */
    List<NumberRange> ranges();

    record SequenceSet(List<NumberRange> ranges) implements MessageSet {
        public SequenceSet {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String toString() {
            return NumberRange.text(ranges);
        }
    }

    record UidSet(List<NumberRange> ranges) implements MessageSet {
        public UidSet {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String toString() {
            return NumberRange.text(ranges);
        }
    }

    /** {@code $}: what the last search with SAVE found (RFC 9051 §6.4.4.1); has no ranges of its own. */
    record Saved() implements MessageSet {
        @Override
        public List<NumberRange> ranges() {
            return List.of();
        }

        @Override
        public String toString() {
            return "$";
        }
    }
}
