package org.merpati.core.imap.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.lib.mime.Message;

final class MessageTextTest {
    private static final class OneBlob implements BlobStore {
        private final byte[] octets;

        OneBlob(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public Blob append(Content content) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) {
            return new ByteArrayInputStream(octets, (int) from, (int) Math.min(length, octets.length - from));
        }
    }

    private static MessageText text(byte[] octets) throws IOException {
        var text = new MessageText(new OneBlob(octets));
        text.read(
                new BlobRef(0, 0, octets.length),
                Message.parse(octets).root().header().size());
        return text;
    }

    private static byte[] message(String header, String body, Charset charset) {
        byte[] head = (header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] rest = body.getBytes(charset);
        byte[] all = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, all, head.length, rest.length);
        return all;
    }

    private static boolean inBody(String header, String body, Charset charset, String needle) throws IOException {
        return text(message(header, body, charset)).body(new Needle(needle));
    }

    @Test
    void charsetsAreDecodedBeforeTheyAreCompared() throws IOException {
        for (var name : new String[] {"iso-8859-1", "utf-8", "windows-1252"}) {
            var type = "Content-Type: text/plain; charset=" + name;
            assertThat(inBody(type, "Grüße", Charset.forName(name), "GRÜSSE".replace("SS", "ß")))
                    .isTrue();
            assertThat(inBody(type, "Grüße", Charset.forName(name), "gruße")).isFalse();
            assertThat(inBody(type, "Hello", Charset.forName(name), "hELLO")).isTrue();
        }
        var japanese = Charset.forName("ISO-2022-JP");
        assertThat(inBody("Content-Type: text/plain; charset=iso-2022-jp", "日本語", japanese, "本"))
                .isTrue();
        // the octets of the text are ASCII, but its characters are not
        assertThat(inBody("Content-Type: text/plain; charset=iso-2022-jp", "日本語", japanese, "F|K"))
                .isFalse();
        var shift = Charset.forName("Shift_JIS");
        assertThat(inBody("Content-Type: text/plain; charset=shift_jis", "ソ", shift, "\\"))
                .isFalse();
        // nobody has said what it is
        assertThat(inBody("Subject: x", "für", StandardCharsets.UTF_8, "für")).isTrue();
    }

    @Test
    void aWordIsFoundAcrossSoftLineEndsAndTags() throws IOException {
        assertThat(inBody(
                        "Content-Transfer-Encoding: quoted-printable",
                        "nee=\r\ndle",
                        StandardCharsets.US_ASCII,
                        "needle"))
                .isTrue();
        var html = "Content-Type: text/html";
        assertThat(inBody(html, "<p>nee<b>dle</b> &eacute;t&eacute;", StandardCharsets.US_ASCII, "needle"))
                .isTrue();
        assertThat(inBody(html, "<p>&eacute;t&eacute;", StandardCharsets.US_ASCII, "ÉTÉ"))
                .isTrue();
        assertThat(inBody(html, "<p class=x>", StandardCharsets.US_ASCII, "class=x"))
                .isTrue();
    }

    @Test
    void whatIsNoTextIsNotLookedAt() throws IOException {
        assertThat(inBody(
                        "Content-Type: multipart/mixed; boundary=b",
                        "--b\r\nContent-Type: image/png\r\n\r\nneedle\r\n--b--\r\n",
                        StandardCharsets.US_ASCII,
                        "needle"))
                .isFalse();
    }

    @Test
    void aHeaderIsUnfoldedAndDecoded() throws IOException {
        var octets = message(
                "Subject: =?utf-8?q?caf=C3=A9?=\r\n =?utf-8?q?_noir?=\r\nX-Long: one\r\n two",
                "body",
                StandardCharsets.UTF_8);
        for (var needle : new String[] {"CAFÉ NOIR", "subject: café", "one two", "body", "=?utf-8?q"}) {
            assertThat(text(octets).text(new Needle(needle))).as(needle).isTrue();
        }
        assertThat(text(octets).text(new Needle("noir body"))).isFalse();
        assertThat(text(octets).body(new Needle("noir"))).isFalse();
    }

    @Test
    void aLongTextIsReadThroughAWindow() throws IOException {
        var line = "é".repeat(38) + "\r\n";
        var text = line.repeat(40_000);
        for (int at : new int[] {0, 65_530, 65_536, 131_077, text.length()}) {
            var with = text.substring(0, at) + "Needle" + text.substring(at);
            var octets = message(
                    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64",
                    Base64.getMimeEncoder().encodeToString(with.getBytes(StandardCharsets.UTF_8)),
                    StandardCharsets.US_ASCII);
            assertThat(octets.length).isGreaterThan(1 << 20);
            assertThat(text(octets).body(new Needle("nEEDLE"))).as("at " + at).isTrue();
            assertThat(text(octets).body(new Needle("needles"))).isFalse();
            assertThat(text(octets).text(new Needle("transfer-encoding: base64")))
                    .isTrue();
        }
    }

    @Test
    void aBlobThatEndsEarlyIsAnError() {
        var text = new MessageText(new OneBlob(new byte[10]));
        assertThatThrownBy(() -> text.read(new BlobRef(0, 0, 11), 5)).isInstanceOf(IOException.class);
    }
}
