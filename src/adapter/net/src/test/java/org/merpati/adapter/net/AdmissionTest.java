package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(new Limits(100, 2));

    private boolean enters(String address) throws UnknownHostException {
        return admission.enter(InetAddress.getByName(address)).isEmpty();
    }

    @Test
    void oneIpv6NetworkCountsAsOneAddress() throws UnknownHostException {
        assertThat(enters("2001:db8:0:1::1")).isTrue();
        assertThat(enters("2001:db8:0:1:ffff::2")).isTrue();
        assertThat(enters("2001:db8:0:1::3")).isFalse();
        assertThat(enters("2001:db8:0:2::3")).isTrue();
    }

    @Test
    void ipv4AddressesCountEachForItself() throws UnknownHostException {
        assertThat(enters("192.0.2.1")).isTrue();
        assertThat(enters("192.0.2.1")).isTrue();
        assertThat(enters("192.0.2.1")).isFalse();
        assertThat(enters("192.0.2.2")).isTrue();
        assertThat(enters("::ffff:192.0.2.1")).isFalse();
    }

    @Test
    void whoLeavesIsForgotten() throws UnknownHostException {
        assertThat(enters("192.0.2.1")).isTrue();
        assertThat(enters("192.0.2.1")).isTrue();
        admission.leave(InetAddress.getByName("192.0.2.1"));
        assertThat(enters("192.0.2.1")).isTrue();
        admission.leave(InetAddress.getByName("192.0.2.1"));
        admission.leave(InetAddress.getByName("192.0.2.1"));
        assertThat(admission.empty()).isTrue();
    }
}
