package org.merpati.adapter.net.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** What was said, and what is left behind it. */
    private static String read(byte[] octets) throws IOException {
        var in = new ByteArrayInputStream(octets);
        var header = ProxyHeader.read(in);
        return header.ends().map(ends -> ends.client() + " > " + ends.server()).orElse("none") + " | "
                + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String text(String octets) throws IOException {
        return read(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String binary(String hex) throws IOException {
        return read(HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", "")));
    }

    @Test
    void textHeadersNameBothEnds() throws IOException {
        assertThat(text("PROXY TCP4 192.0.2.7 192.0.2.1 40000 25\r\nEHLO x\r\n"))
                .isEqualTo("/192.0.2.7:40000 > /192.0.2.1:25 | EHLO x\r\n");
        assertThat(text("PROXY TCP6 2001:db8::7 2001:db8::1 0 65535\r\n"))
                .isEqualTo("/[2001:db8:0:0:0:0:0:7]:0 > /[2001:db8:0:0:0:0:0:1]:65535 | ");
        assertThat(text("PROXY UNKNOWN\r\nEHLO")).isEqualTo("none | EHLO");
        assertThat(text("PROXY UNKNOWN ffff::ffff whatever\r\n")).isEqualTo("none | ");
    }

    @Test
    void theLongestTextHeaderFits() throws IOException {
        var six = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
        var longest = "PROXY UNKNOWN " + six + " " + six + " 65535 65535\r\n";
        assertThat(longest).hasSize(107);
        assertThat(text(longest)).isEqualTo("none | ");
        assertThatThrownBy(() -> text("PROXY UNKNOWN " + "x".repeat(200) + "\r\n"))
                .isInstanceOf(ProxyHeaderException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO mail.example.org\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 40000\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 40000 25 7\r\n",
                "PROXY TCP4  192.0.2.7 192.0.2.1 40000 25\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 40000 65536\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 040 25\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 -1 25\r\n",
                "PROXY TCP4 192.0.2.07 192.0.2.1 40000 25\r\n",
                "PROXY TCP4 192.0.2 192.0.2.1 40000 25\r\n",
                "PROXY TCP4 localhost 192.0.2.1 40000 25\r\n",
                "PROXY TCP4 2001:db8::7 192.0.2.1 40000 25\r\n",
                "PROXY TCP6 2001:db8::7%lo 2001:db8::1 40000 25\r\n",
                "PROXY TCP6 2001:db8:::7 2001:db8::1 40000 25\r\n",
                "PROXY TCP5 192.0.2.7 192.0.2.1 40000 25\r\n",
                "PROXY TCP4 192.0.2.7 192.0.2.1 40000 25\n",
                "proxy TCP4 192.0.2.7 192.0.2.1 40000 25\r\n",
                "PROXY TCP4\r\nEHLO x\r\n",
                "PROXY \r\n\r\n\r\n\r\n"
            })
    void whatIsNoTextHeaderIsRefused(String wrong) {
        assertThatThrownBy(() -> text(wrong)).isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void binaryHeadersNameBothEnds() throws IOException {
        assertThat(binary("21 11 000c c0000207 c0000201 9c40 0019 4548"))
                .isEqualTo("/192.0.2.7:40000 > /192.0.2.1:25 | EH");
        assertThat(binary("21 21 0024 20010db8000000000000000000000007 20010db8000000000000000000000001 9c40 0019"))
                .isEqualTo("/[2001:db8:0:0:0:0:0:7]:40000 > /[2001:db8:0:0:0:0:0:1]:25 | ");
    }

    @Test
    void furtherFieldsAreSkipped() throws IOException {
        assertThat(binary("21 11 0013 c0000207 c0000201 9c40 0019 05 0004 61626364 45"))
                .isEqualTo("/192.0.2.7:40000 > /192.0.2.1:25 | E");
    }

    @Test
    void aProxyMaySpeakForItselfOrNotKnow() throws IOException {
        assertThat(binary("20 00 0000 45")).isEqualTo("none | E");
        assertThat(binary("20 11 000c c0000207 c0000201 9c40 0019 45")).isEqualTo("none | E");
        assertThat(binary("21 00 0003 616263 45")).isEqualTo("none | E");
        assertThat(binary("21 31 0002 6162 45")).isEqualTo("none | E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000c c0000207 c0000201 9c40 0019",
                "22 11 000c c0000207 c0000201 9c40 0019",
                "21 12 000c c0000207 c0000201 9c40 0019",
                "21 41 000c c0000207 c0000201 9c40 0019",
                "21 11 000b c0000207 c0000201 9c40 0019",
                "21 21 000c c0000207 c0000201 9c40 0019"
            })
    void whatIsNoBinaryHeaderIsRefused(String wrong) {
        assertThatThrownBy(() -> binary(wrong)).isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void anEndInsideTheHeaderIsAnEnd() {
        assertThatThrownBy(() -> text("PROXY TCP4 192.0.2.7")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> text("")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> binary("21 11 000c c000")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> binary("20 00 0010 00")).isInstanceOf(EOFException.class);
    }
}
