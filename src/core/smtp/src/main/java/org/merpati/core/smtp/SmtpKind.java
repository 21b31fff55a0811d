package org.merpati.core.smtp;

/** Whom a listener serves, which decides what its sessions offer and demand. */
public enum SmtpKind {
    /** Other mail servers; no AUTH. RFC 5321. */
    MX,
    /** People's mail programs, after AUTH. RFC 6409. */
    SUBMISSION,
    /** A mail server in front of this one; a reply per recipient. RFC 2033. */
    LMTP
}
