package org.merpati.lib.imap.response;

/** RFC 3501 §7.1. */
public enum StatusKind {
    OK,
    NO,
    BAD,
    BYE
}
