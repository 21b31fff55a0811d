package org.merpati.lib.mime.write;

import java.time.OffsetDateTime;
import java.util.List;
import org.merpati.lib.mime.field.Address;

/** A header field's value by its kind, which decides how it is written: the forms of RFC 8621 §4.1.2, the other way round. */
public sealed interface HeaderValue {
    /** Unstructured text (RFC 5322 §2.2.1), encoded where it has to be (RFC 2047 §5). */
    record Text(String text) implements HeaderValue {
        public Text {
            Characters.requireOneLine(text);
        }
    }

    /** Mailboxes and groups (RFC 5322 §3.4). A group without a name is written as its members. */
    record Addresses(List<Address> addresses) implements HeaderValue {
        public Addresses {
            addresses = HeaderValue.some(addresses);
        }
    }

    /** A date with its zone (RFC 5322 §3.3). */
    record Date(OffsetDateTime date) implements HeaderValue {}

    /** Message ids (RFC 5322 §3.6.4), with or without angle brackets. */
    record Ids(List<String> ids) implements HeaderValue {
        public Ids {
            ids = HeaderValue.some(ids.stream().map(Characters::id).toList());
        }
    }

    /** URLs in angle brackets, as list fields have them (RFC 2369 §2). */
    record Urls(List<String> urls) implements HeaderValue {
        public Urls {
            urls = HeaderValue.some(urls.stream().map(Characters::url).toList());
        }
    }

    /**
     * A body written as it is given, after one space. Refused if it could end the field: every CR and LF must be part of a fold, CRLF
     * followed by a space or tab on a line that holds more than those (RFC 5322 §2.2.3).
     */
    record Raw(String body) implements HeaderValue {
        public Raw {
            Characters.requireFolded(body);
        }
    }

    private static <T> List<T> some(List<T> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a field of no values is no field");
        }
        return List.copyOf(values);
    }
}
