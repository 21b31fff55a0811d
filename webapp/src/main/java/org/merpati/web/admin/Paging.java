package org.merpati.web.admin;

import org.jspecify.annotations.Nullable;
import org.merpati.web.base.Problem;

/** How lists are paged: up to {@code limit} after the key {@code after}. */
record Paging(String after, int limit) {
    private static final int MOST = 500;
    private static final int USUAL = 100;

    static Paging of(@Nullable String after, @Nullable String limit) {
        if (limit != null && !limit.matches("[1-9][0-9]{0,2}")) {
            throw wrongLimit();
        }
        int wanted = limit == null ? USUAL : Integer.parseInt(limit);
        if (wanted > MOST) {
            throw wrongLimit();
        }
        return new Paging(after == null ? "" : after, wanted);
    }

    private static RuntimeException wrongLimit() {
        return Problem.field(400, "limit", "must be a number from 1 to " + MOST);
    }
}
