package org.merpati.lib.imap.response;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.mime.view.BodyStructure;
import org.merpati.lib.mime.view.Envelope;

/** One item of a FETCH response. */
public sealed interface FetchValue {
    record UidValue(long uid) implements FetchValue {}

    record FlagsValue(List<String> flags) implements FetchValue {
        public FlagsValue {
            flags = List.copyOf(flags);
        }
    }

    record ModSeqValue(long modSeq) implements FetchValue {}

    /** EMAILID or THREADID (RFC 8474 §5); a thread that is not known is empty. */
    record ObjectId(FetchItem.Attribute item, Optional<String> id) implements FetchValue {}

    record PreviewValue(String preview) implements FetchValue {}

    record SizeValue(long octets) implements FetchValue {}

    record InternalDate(Instant received) implements FetchValue {}

    /** Empty for a message that was there before its store kept this (RFC 8514 §4.2). */
    record SaveDate(Optional<Instant> saved) implements FetchValue {}

    record EnvelopeValue(Envelope envelope) implements FetchValue {}

    /** @param extended whether as BODYSTRUCTURE, with extension data, or as BODY */
    record StructureValue(BodyStructure structure, boolean extended) implements FetchValue {}

    /**
     * Octets of the message, for the item that asked for them. The caller opens and closes them.
     *
     * @param octets empty when the message has no such part
     */
    record BodyValue(FetchItem.Body item, Optional<Octets> octets) implements FetchValue {}

    /**
     * Octets of a part without its transfer encoding. The caller opens and closes them.
     *
     * @param octets empty when the message has no such part
     * @param nul whether a NUL may be among them
     */
    record BinaryValue(FetchItem.Binary item, Optional<Octets> octets, boolean nul) implements FetchValue {}

    record BinarySizeValue(FetchItem.BinarySize item, long octets) implements FetchValue {}

    /** An item with its name, as {@link ImapWriter#written} made it: for one that is asked for again and again. */
    final class Written implements FetchValue {
        private final byte[] octets;

        Written(byte[] octets) {
            this.octets = octets;
        }

        byte[] octets() {
            return octets;
        }

        /** How many octets it is. */
        public int size() {
            return octets.length;
        }
    }
}
