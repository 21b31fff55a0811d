package org.merpati.core.imap.search;

import java.util.List;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.field.MessageIds;
import org.merpati.lib.mime.view.ThreadSubject;

/**
 * What decides about a message's place among threads (RFC 5256 §3).
 *
 * @param number its sequence number or uid
 * @param id its Message-ID; empty when it has none
 * @param references the ids of its ancestors, the eldest first
 * @param sent in milliseconds
 */
record ThreadedMessage(long number, String id, List<String> references, ThreadSubject subject, long sent) {
    static ThreadedMessage of(long number, Header header) {
        var ids = ids(header, "Message-ID");
        var references = ids(header, "References");
        if (references.isEmpty()) {
            references = ids(header, "In-Reply-To").stream().limit(1).toList();
        }
        return new ThreadedMessage(
                number, ids.isEmpty() ? "" : ids.getFirst(), references, Column.subject(header), Column.sent(header));
    }

    /** Those in angle brackets alone: what else stands in In-Reply-To is anything. */
    private static List<String> ids(Header header, String name) {
        return header.last(name)
                .map(HeaderField::raw)
                .filter(raw -> raw.indexOf('<') >= 0)
                .map(raw -> MessageIds.parse(raw).stream()
                        .map(ThreadedMessage::unquoted)
                        .toList())
                .orElse(List.of());
    }

    /** {@code "a"@b} is the same id as {@code a@b}. */
    static String unquoted(String id) {
        int at = id.lastIndexOf('@');
        if (at < 2 || id.charAt(0) != '"' || id.charAt(at - 1) != '"') {
            return id;
        }
        var local = new StringBuilder(at);
        for (int i = 1; i < at - 1; i++) {
            if (id.charAt(i) == '\\' && i + 1 < at - 1) {
                i++;
            }
            local.append(id.charAt(i));
        }
        return local.append(id, at, id.length()).toString();
    }
}
