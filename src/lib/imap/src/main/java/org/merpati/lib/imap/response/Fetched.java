package org.merpati.lib.imap.response;

import java.util.List;

/** {@code * n FETCH (…)} (RFC 3501 §7.4.2). */
public record Fetched(int sequenceNumber, List<FetchValue> values) implements Response {
    public Fetched {
        values = List.copyOf(values);
    }
}
