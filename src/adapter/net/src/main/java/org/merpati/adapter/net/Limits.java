package org.merpati.adapter.net;

import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;

/**
 * How many connections one listener holds at once.
 *
 * @param connections in all
 * @param perAddress from one IPv4 address or one IPv6 /64
 */
record Limits(int connections, int perAddress) {
    static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    static Limits from(Config config) {
        return config.get(Settings.LIMITS_ENABLED)
                ? new Limits(
                        config.get(Settings.LIMITS_CONNECTIONS), config.get(Settings.LIMITS_CONNECTIONS_PER_ADDRESS))
                : NONE;
    }
}
