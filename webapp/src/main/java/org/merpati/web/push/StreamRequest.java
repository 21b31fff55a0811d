package org.merpati.web.push;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.merpati.core.jmap.push.PushState;
import org.merpati.web.base.Problem;

/**
 * What an event source is asked for (RFC 8620 §7.3).
 *
 * @param types empty for all
 * @param ping zero for none
 * @param since what the client was told before it lost its connection; empty when it begins
 */
record StreamRequest(Optional<Set<String>> types, boolean closeAfterState, Duration ping, Optional<PushState> since) {
    private static final Pattern TYPES = Pattern.compile("\\*|[A-Za-z]{1,40}(,[A-Za-z]{1,40}){0,49}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final long SHORTEST_PING = 5;
    private static final long LONGEST_PING = 3_600;

    static StreamRequest of(HttpServletRequest request) {
        var types = given(request, "types", TYPES, "is * or type names separated by commas");
        var closeAfter = given(request, "closeafter", Pattern.compile("state|no"), "is state or no");
        long ping = Long.parseLong(given(request, "ping", NUMBER, "is a number of seconds from 0 up"));
        var last = request.getHeader("Last-Event-ID");
        return new StreamRequest(
                types.equals("*") ? Optional.empty() : Optional.of(new HashSet<>(List.of(types.split(",")))),
                closeAfter.equals("state"),
                Duration.ofSeconds(ping == 0 ? 0 : Math.clamp(ping, SHORTEST_PING, LONGEST_PING)),
                since(last));
    }

    /** What can't be read is no state at all: then the client is told of everything. */
    private static Optional<PushState> since(@Nullable String last) {
        return last == null || last.isEmpty()
                ? Optional.empty()
                : Optional.of(PushState.parse(last).orElse(PushState.NOTHING));
    }

    private static String given(HttpServletRequest request, String name, Pattern pattern, String what) {
        var value = request.getParameter(name);
        if (value == null || !pattern.matcher(value).matches()) {
            throw Problem.field(400, name, what);
        }
        return value;
    }
}
