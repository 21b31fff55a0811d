package org.merpati.core.api.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** By what a throttle counts. */
public enum ThrottleKey {
    LISTENER(ThrottleStep.CONNECT),
    /** An IPv4 address, or the /64 that an IPv6 address is in: whoever has one address there has them all. */
    REMOTE_IP(ThrottleStep.CONNECT),
    LOCAL_IP(ThrottleStep.CONNECT),
    HELO_DOMAIN(ThrottleStep.EHLO),
    AUTHENTICATED_AS(ThrottleStep.AUTH),
    SENDER(ThrottleStep.MAIL),
    SENDER_DOMAIN(ThrottleStep.MAIL),
    RCPT(ThrottleStep.RCPT),
    RCPT_DOMAIN(ThrottleStep.RCPT);

    private final ThrottleStep since;

    ThrottleKey(ThrottleStep since) {
        this.since = since;
    }

    /** The first step at which it is known. */
    public ThrottleStep since() {
        return since;
    }

    /** As in the settings: {@code remote-ip}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads several, separated by commas. */
    static Set<ThrottleKey> set(String text) {
        var keys = EnumSet.noneOf(ThrottleKey.class);
        for (var part : text.split(",", -1)) {
            keys.add(Arrays.stream(values())
                    .filter(key -> key.text().equals(part.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("keys are "
                            + Arrays.stream(values()).map(ThrottleKey::text).collect(Collectors.joining(", ")))));
        }
        return Collections.unmodifiableSet(keys);
    }
}
