package org.merpati.lib.mime.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321 §4.4; more samples are read by check/conformance. */
class ReceivedTest {
    @Test
    void everyPartIsRead() {
        var read = Received.parse("""
                from mx.example.net (mx-out.example.net [IPv6:2001:db8::1])
                 (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
                 by mail.example.org (Some MTA, really) via TCP with ESMTPS id <a/b@c>
                 for <joe@example.org>; Fri, 21 Nov 1997 09:55:06 -0600
                """);

        assertThat(read.from()).contains("mx.example.net");
        assertThat(read.peer().helo()).isEmpty();
        assertThat(read.peer().name()).contains("mx-out.example.net");
        assertThat(read.peer().address()).contains("2001:db8::1");
        assertThat(read.tls().version()).contains("TLSv1.3");
        assertThat(read.tls().cipher()).contains("TLS_AES_256_GCM_SHA384");
        assertThat(read.by()).contains("mail.example.org");
        assertThat(read.via()).contains("TCP");
        assertThat(read.with()).contains("ESMTPS");
        assertThat(read.id()).contains("a/b@c");
        assertThat(read.recipient()).contains("joe@example.org");
        assertThat(read.date()).contains(OffsetDateTime.parse("1997-11-21T09:55:06-06:00"));
    }

    @Test
    void whatIsMissingIsEmpty() {
        var read = Received.parse("");

        assertThat(read.from()).isEmpty();
        assertThat(read.peer()).isEqualTo(Received.parse("by x").peer());
        assertThat(read.date()).isEmpty();
        assertThat(Received.parse("from").from()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,true",
        "192.0.2.256,false",
        "192.0.2,false",
        "192.0.2.1.5,false",
        "192..2.1,false",
        "2001:db8::1,true",
        "::,true",
        "::ffff:192.0.2.1,true",
        "1:2:3:4:5:6:7:8,true",
        "1:2:3:4:5:6:7,false",
        "1:2:3:4:5:6:7:8:9,false",
        "1:2:3:4:5:6:192.0.2.1,true",
        "12345::,false",
        "g::,false",
        "'',false"
    })
    void addressesAreKnown(String text, boolean address) {
        assertThat(IpLiteral.is(text)).isEqualTo(address);
    }
}
