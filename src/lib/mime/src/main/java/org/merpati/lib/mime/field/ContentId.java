package org.merpati.lib.mime.field;

import java.util.Locale;
import java.util.Optional;

/** The id of a part (RFC 2045 §7), and the URL by which another part names it (RFC 2392). */
public final class ContentId {
    private ContentId() {}

    /** The id without its brackets; empty when the field has none. */
    public static Optional<String> parse(String body) {
        return MessageIds.parse(body).stream().findFirst();
    }

    /** The id of the part that a {@code cid:} URL names; empty for other URLs. */
    public static Optional<String> ofUrl(String url) {
        if (url.length() < 5 || !url.substring(0, 4).toLowerCase(Locale.ROOT).equals("cid:")) {
            return Optional.empty();
        }
        return Optional.of(Percent.decode(url.substring(4), "utf-8"));
    }
}
