package org.merpati.core.jmap.push;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All states that a client was told, as one text: the id of an event (RFC 8620 §7.3). Clients hand
 * it back when they come again.
 *
 * @param states by type
 */
public record PushState(SequencedMap<String, String> states) {
    /** Of a client that knows nothing. */
    public static final PushState NOTHING = new PushState(new LinkedHashMap<>());

    private static final int LONGEST = 2_000;
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z]{1,40}):([A-Za-z0-9._-]{1,200})");

    public PushState {
        states = new LinkedHashMap<>(states);
    }

    /** Empty for what {@link #toString} would not have written; then nothing is known of the client. */
    public static Optional<PushState> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var states = new LinkedHashMap<String, String>();
        for (var part : text.split(",", -1)) {
            var entry = ENTRY.matcher(part);
            if (!entry.matches() || states.put(entry.group(1), entry.group(2)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new PushState(states));
    }

    @Override
    public String toString() {
        return states.entrySet().stream()
                .map((Map.Entry<String, String> entry) -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
