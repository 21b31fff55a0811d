package org.merpati.core.store.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.merpati.core.store.NewMessage;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.view.ThreadSubject;

/**
 * What ties a message to others of its thread (RFC 8621 §3): for each message-id that it names, the first 64 bits of a
 * SHA-256 over the id and the base subject (RFC 5256 §2.1), the latter without white space and case. Two messages belong
 * together when they have a hash in common.
 *
 * @param hashes none when the message names no id at all
 */
record ThreadTies(Set<Long> hashes) {
    /** So many ids of a message count: its own, those that it replies to, the first and the last ones of References. */
    static final int MOST = 50;

    static ThreadTies of(NewMessage message) {
        var ids = message.structure().root().map(root -> ids(root.header())).orElse(List.of());
        if (ids.isEmpty()) {
            return new ThreadTies(Set.of());
        }
        var subject = subject(message.subject());
        var digest = sha256();
        var hashes = new LinkedHashSet<Long>();
        for (var id : ids) {
            digest.update(id.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            hashes.add(ByteBuffer.wrap(digest.digest(subject)).getLong());
        }
        return new ThreadTies(hashes);
    }

    /** The nearest first: when there are too many, a message is found by what it is next to, and by the thread's first. */
    private static List<String> ids(Header header) {
        var references = header.ids("References");
        var ids = new LinkedHashSet<>(header.ids("Message-ID").reversed());
        ids.addAll(header.ids("In-Reply-To"));
        if (!references.isEmpty()) {
            ids.add(references.getFirst());
        }
        ids.addAll(references.reversed());
        return ids.stream().limit(MOST).toList();
    }

    private static byte[] subject(String decoded) {
        return ThreadSubject.of(decoded)
                .base()
                .replaceAll("\\s+", "")
                .toLowerCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
