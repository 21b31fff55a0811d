package org.merpati.lib.imap;

/** What becomes of a literal. */
public sealed interface LiteralChoice {
    /** It stays in memory, in its command. */
    record Keep() implements LiteralChoice {}

    /** Its octets go to the sink as they come; in the command stands a {@link Diverted}. */
    record Divert(LiteralSink sink) implements LiteralChoice {}

    /** The command ends here: {@link Input.Refused}. */
    record Refuse() implements LiteralChoice {}

    LiteralChoice KEEP = new Keep();
    LiteralChoice REFUSE = new Refuse();
}
