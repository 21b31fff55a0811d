package org.merpati.lib.imap.command;

/** What a command does beside its own answer. The session acts on these, never on a verb's name. */
public enum Effect {
    /** Its numbers, or its answer's, count messages: no EXPUNGE may be sent while it runs (RFC 9051 §7.5.1). */
    USES_SEQUENCE_NUMBERS,
    /** News of the selected mailbox may be sent before its tagged reply. */
    SENDS_NEWS,
    /** The EXPUNGE responses before its tagged reply are its answer. */
    TAKES_AWAY,
    /** Some of its literals are messages, which are never held in memory whole. */
    TAKES_MESSAGES
}
