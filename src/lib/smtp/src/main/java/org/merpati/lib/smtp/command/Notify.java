package org.merpati.lib.smtp.command;

/** When a sender wants to hear of a recipient. RFC 3461 §4.1. */
public enum Notify {
    SUCCESS,
    FAILURE,
    DELAY
}
