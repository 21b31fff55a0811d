package org.merpati.core.imap.search;

/** What is known of a key's being true. */
enum Truth {
    NO,
    OPEN,
    YES;

    static Truth of(boolean truth) {
        return truth ? YES : NO;
    }
}
