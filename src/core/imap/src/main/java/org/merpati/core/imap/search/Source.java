package org.merpati.core.imap.search;

/** What must be known of a message to judge a key, the cheapest first. */
enum Source {
    /** Its uid and number. */
    VIEW,
    /** What the index in memory has. */
    INDEX,
    /** Its row. */
    ROW,
    /** The fields of its envelope and content. */
    ENVELOPE,
    /** Its whole header. */
    HEADER,
    /** All of it. */
    OCTETS
}
