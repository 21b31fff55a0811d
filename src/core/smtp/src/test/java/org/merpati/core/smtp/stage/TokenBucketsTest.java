package org.merpati.core.smtp.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.config.Rate;

class TokenBucketsTest {
    private long now = Long.MAX_VALUE - 1000; // such clocks may pass their end
    private final TokenBuckets buckets = new TokenBuckets(new Rate(5, Duration.ofSeconds(10)), 3, () -> now);

    private long takenOf(int tries, String key) {
        return IntStream.range(0, tries).filter(i -> buckets.take(key)).count();
    }

    @Test
    void asManyAsTheRateSaysMayComeAtOnceAndNoMore() {
        assertThat(takenOf(9, "a")).isEqualTo(5);
    }

    @Test
    void aTokenComesBackEveryPartOfThePeriod() {
        takenOf(5, "a");

        now += Duration.ofMillis(1999).toNanos();
        assertThat(buckets.take("a")).isFalse();
        now += Duration.ofMillis(1).toNanos();
        assertThat(buckets.take("a")).isTrue();
        assertThat(buckets.take("a")).isFalse();
        now += Duration.ofSeconds(4).toNanos();
        assertThat(takenOf(9, "a")).isEqualTo(2);
    }

    @Test
    void aRefusalCostsNothing() {
        takenOf(1000, "a");
        now += Duration.ofSeconds(2).toNanos();

        assertThat(buckets.take("a")).isTrue();
    }

    @Test
    void manyLooksBetweenDoNotHoldTheFillingUp() {
        takenOf(5, "a");

        for (int i = 0; i < 2000; i++) {
            now += Duration.ofMillis(1).toNanos();
            if (i < 1999) {
                assertThat(buckets.take("a")).as("after %d ms", i + 1).isFalse();
            }
        }
        assertThat(buckets.take("a")).isTrue();
    }

    @Test
    void aLongSilenceFillsTheBucketAndNoMore() {
        takenOf(5, "a");
        now += Duration.ofDays(20).toNanos();

        assertThat(takenOf(9, "a")).isEqualTo(5);
    }

    @Test
    void keysHaveBucketsOfTheirOwn() {
        takenOf(5, "a");

        assertThat(buckets.take("b")).isTrue();
    }

    @Test
    void theKeyThatWasNotSeenForLongestIsForgotten() {
        takenOf(5, "a");
        takenOf(5, "b");
        takenOf(5, "c");
        buckets.take("a"); // seen again, although in vain
        takenOf(5, "d");

        assertThat(buckets.size()).isEqualTo(3);
        assertThat(buckets.take("a")).isFalse();
        assertThat(buckets.take("b")).isTrue();
    }

    @Test
    void howEverManyKeysComeFewAreRemembered() {
        IntStream.range(0, 10_000).forEach(i -> buckets.take("k" + i));

        assertThat(buckets.size()).isEqualTo(3);
    }
}
