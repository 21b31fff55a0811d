package org.merpati.lib.imap.response;

import java.time.Instant;
import java.util.List;
import org.merpati.lib.imap.command.FetchItem;

/** One item of a FETCH response. */
public sealed interface FetchValue {
    record UidValue(long uid) implements FetchValue {}

    record FlagsValue(List<String> flags) implements FetchValue {
        public FlagsValue {
            flags = List.copyOf(flags);
        }
    }

    record SizeValue(long octets) implements FetchValue {}

    record InternalDate(Instant received) implements FetchValue {}

    /** Octets of the message, for the item that asked for them. The caller opens and closes them. */
    record BodyValue(FetchItem.Body item, Octets octets) implements FetchValue {}
}
