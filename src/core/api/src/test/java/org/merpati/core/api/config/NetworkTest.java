package org.merpati.core.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static boolean contains(String network, String address) {
        return Network.parse(network).contains(Network.address(address));
    }

    @Test
    void leadingBitsCount() {
        assertThat(contains("192.0.2.0/24", "192.0.2.255")).isTrue();
        assertThat(contains("192.0.2.0/24", "192.0.3.0")).isFalse();
        assertThat(contains("192.0.2.128/25", "192.0.2.127")).isFalse();
        assertThat(contains("10.0.0.0/7", "11.255.0.1")).isTrue();
        assertThat(contains("0.0.0.0/0", "203.0.113.9")).isTrue();
        assertThat(contains("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(contains("2001:db8::/33", "2001:db8:8000::1")).isFalse();
    }

    @Test
    void anAddressAloneIsItself() {
        assertThat(contains("192.0.2.1", "192.0.2.1")).isTrue();
        assertThat(contains("192.0.2.1", "192.0.2.2")).isFalse();
        assertThat(contains("::1", "::1")).isTrue();
    }

    @Test
    void theFamiliesStayApart() {
        assertThat(contains("0.0.0.0/0", "2001:db8::1")).isFalse();
        assertThat(contains("::/0", "192.0.2.1")).isFalse();
        assertThat(contains("192.0.2.0/24", "::ffff:192.0.2.1"))
                .as("IPv4 written as IPv6")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.01",
                "192.0.2.0/33",
                "192.0.2.0/",
                "192.0.2.0/-1",
                "2001:db8::/129",
                "2001:db8:::1",
                "::1%lo",
                "[::1]",
                "localhost",
                "192.0.2.0/24/24",
                "1.2.3.4 "
            })
    void whatIsNoNetworkIsRefused(String wrong) {
        assertThatThrownBy(() -> Network.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
}
