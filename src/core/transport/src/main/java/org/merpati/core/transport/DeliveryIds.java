package org.merpati.core.transport;

import java.time.Instant;
import java.util.UUID;

/**
 * Ids of deliveries: UUIDs of version 7 (RFC 9562 §5.7), milliseconds first and 74 random bits behind. Neighbours in time are
 * neighbours in the database's index, which random ones would scatter over all its pages.
 */
final class DeliveryIds {
    private static final long VERSION_7 = 0x7000L;

    private DeliveryIds() {}

    static UUID at(Instant now) {
        var random = UUID.randomUUID();
        long time = now.toEpochMilli() << 16;
        return new UUID(time | VERSION_7 | (random.getMostSignificantBits() & 0xfff), random.getLeastSignificantBits());
    }
}
