package org.merpati.lib.imap.response;

import java.io.IOException;

/** How what a search has found looks on the wire (RFC 9051 §7.3.4). */
final class SearchWriter {
    private final ImapWriter out;

    SearchWriter(ImapWriter out) {
        this.out = out;
    }

    void write(SearchResponse response) throws IOException {
        switch (response) {
            case SearchResult result -> result(result);
        }
    }

    private void result(SearchResult result) throws IOException {
        out.raw("* SEARCH");
        for (var number = result.numbers().iterator(); number.hasNext(); ) {
            out.raw(" ").number(number.nextLong());
        }
    }
}
