package org.merpati.lib.smtp.command;

/**
 * BY: how soon a message is wanted. RFC 2852 §4.
 *
 * @param seconds from now; less than 0: that time is over. More than 0 with {@link Mode#RETURN}
 * @param trace whether relays are to report
 */
public record DeliverBy(long seconds, Mode mode, boolean trace) {
    /** What becomes of it when the time is over. */
    public enum Mode {
        NOTIFY,
        RETURN
    }
}
