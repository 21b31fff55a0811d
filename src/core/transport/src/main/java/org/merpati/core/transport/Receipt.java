package org.merpati.core.transport;

/** What became of a message that was handed over whole. */
public sealed interface Receipt {
    /** It is committed; {@code id} stands in its Received field and in the log. */
    record Accepted(String id) implements Receipt {}

    /** Nobody of its recipients is left. */
    record NoRecipients() implements Receipt {}

    /** The recipient has no room for it; the sender is to try again (452 4.2.2). Only where each has a receipt of its own. */
    record OverQuota() implements Receipt {}

    /** It has passed too many hops (RFC 5321 §6.3). */
    record Loop(int hops) implements Receipt {}

    /** It says itself that it has been delivered to each of its recipients before (Delivered-To). */
    record CameBack() implements Receipt {}

    /** Storage takes nothing now; the sender is to try again (4xx). */
    record NoSpace() implements Receipt {}

    /** It is not stored; the sender is to try again (4xx). {@code id} finds the cause in the log, may be empty. */
    record Deferred(String id) implements Receipt {}
}
