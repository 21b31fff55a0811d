package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.StoredStructure;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.field.Parameters.Parameter;

/** RFC 9051 §7.5.2; how they are written is tested in lib/imap. */
final class BodyStructureTest {
    private static BodyStructure structure(String text) {
        return BodyStructure.of(Samples.message(text).root());
    }

    private static BodyStructure.Single single(String text) {
        return (BodyStructure.Single) structure(text);
    }

    @Test
    void fieldsAreReadAsTheyStand() {
        var part = single("""
                Content-Type: Text/HTML; Charset=UTF-8
                Content-ID: <a@b>
                Content-Description: =?utf-8?Q?x?=
                 y
                Content-Transfer-Encoding: (c) Quoted-Printable (d)
                Content-Language: en, (c) de,, fr (c)
                Content-Location: http://x
                Content-MD5: abc

                x
                """);
        assertThat(part.type()).isEqualTo("text");
        assertThat(part.subtype()).isEqualTo("html");
        assertThat(part.parameters()).isEqualTo(new Parameters(List.of(new Parameter("charset", "UTF-8"))));
        assertThat(part.id()).contains("<a@b>");
        assertThat(part.description()).contains("=?utf-8?Q?x?= y");
        assertThat(part.encoding()).isEqualTo("Quoted-Printable");
        assertThat(part.size()).isEqualTo(3);
        assertThat(part.content()).isEqualTo(new BodyStructure.Text(1));
        assertThat(part.md5()).contains("abc");
        assertThat(part.extension().languages()).containsExactly("en", "de", "fr");
        assertThat(part.extension().location()).contains("http://x");
    }

    @Test
    void anEncodingNobodyKnowsIsSaidAsItIs() {
        assertThat(single("Content-Transfer-Encoding: x-uuencode\n\nx").encoding())
                .isEqualTo("x-uuencode");
        assertThat(single("Content-Transfer-Encoding:\n\nx").encoding()).isEqualTo("7bit");
    }

    @Test
    void aMultipartWithoutPartsIsTheTextThatItLooksLike() {
        var part = single("Content-Type: multipart/mixed; boundary=a\n\nhello\n");
        assertThat(part.type() + '/' + part.subtype()).isEqualTo("text/plain");
        assertThat(part.parameters().get("boundary")).isEmpty();
        assertThat(part.size()).isEqualTo(7);
    }

    @Test
    void aMessageThatWasNotReadIsAnEmptyOne() {
        var part =
                single("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogaGkKCmhlbGxv\n");
        assertThat(part.content()).isInstanceOfSatisfying(BodyStructure.Message.class, message -> {
            assertThat(message.envelope()).isEqualTo(Envelope.NONE);
            assertThat(message.body()).isInstanceOf(BodyStructure.Single.class);
            assertThat(message.lines()).isEqualTo(1);
        });
        assertThat(part.encoding()).isEqualTo("base64");
    }

    @Test
    void aDigestIsOfMessages() {
        var digest = (BodyStructure.Multipart)
                structure("Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: in\n\nx\n--a--\n");
        var part = (BodyStructure.Single) digest.parts().getFirst();
        assertThat(part.content())
                .isInstanceOfSatisfying(
                        BodyStructure.Message.class,
                        message -> assertThat(message.envelope().subject()).isEqualTo(Optional.of("in")));
    }

    /** What is stored of a message must be all that the views read. */
    @Test
    void aStoredStructureGivesTheSameViews() {
        for (var text : List.of(Samples.SECTIONS, Samples.LIST_MESSAGE, "From: a@b\nX: y\nSubject: x\n\nhello\n")) {
            var root = Samples.message(text).root();
            var stored = StoredStructure.of(root, Integer.MAX_VALUE).root().orElseThrow();
            assertThat(BodyStructure.of(stored)).isEqualTo(BodyStructure.of(root));
            assertThat(Envelope.of(stored.header())).isEqualTo(Envelope.of(root.header()));
            assertThat(BodyView.of(stored).attachments().stream()
                            .map(BodyView::partId)
                            .toList())
                    .isEqualTo(BodyView.of(root).attachments().stream()
                            .map(BodyView::partId)
                            .toList());
            assertThat(BodyView.of(stored).hasAttachment())
                    .isEqualTo(BodyView.of(root).hasAttachment());
        }
    }
}
