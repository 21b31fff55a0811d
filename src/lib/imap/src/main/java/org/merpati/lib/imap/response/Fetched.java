package org.merpati.lib.imap.response;

import java.util.List;

/**
 * {@code * n FETCH (…)} (RFC 9051 §7.5.2), or {@code * uid UIDFETCH (…)} (RFC 9586 §3.3).
 *
 * @param number a sequence number, or the uid
 */
public record Fetched(long number, boolean byUid, List<FetchValue> values) implements Response {
    public Fetched {
        values = List.copyOf(values);
    }

    public Fetched(int sequenceNumber, List<FetchValue> values) {
        this(sequenceNumber, false, values);
    }
}
