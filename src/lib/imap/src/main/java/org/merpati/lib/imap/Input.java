package org.merpati.lib.imap;

import java.util.Optional;

/** What {@link ImapReader} found on the wire. */
public sealed interface Input {
    /** A whole command, every literal with it. */
    record Whole(CommandReader command) implements Input {}

    /**
     * A command that was not kept; the stream stands after what the client sends of it.
     *
     * @param tag empty when the command does not begin with one
     * @param verb the word after the tag in upper case; may be empty
     */
    record Refused(Optional<String> tag, String verb, Reason reason) implements Input {}

    /** The client has sent its last; half a command before that is dropped. */
    record End() implements Input {}

    enum Reason {
        /** Its lines are too long in all. */
        LINE,
        /** A literal was not agreed to, or a non-synchronizing one is too large (RFC 7888 §5). */
        LITERAL,
        /** What would have to be passed over is so much that the connection should end. */
        FLOOD
    }
}
