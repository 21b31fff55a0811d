package org.merpati.lib.smtp.command;

/** How much of a message a report of failure gives back: RET. RFC 3461 §4.3. */
public enum ReturnContent {
    FULL,
    HDRS
}
