package org.merpati.lib.mime.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;

/** RFC 8621 §4.1.4. */
final class BodyViewTest {
    private static List<String> letters(Message message, List<Part> parts) {
        return parts.stream().map(part -> letter(message, part)).toList();
    }

    private static String letter(Message message, Part part) {
        try {
            return message.text(part, 100).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theExampleOfTheStandard() {
        var message = Samples.message(Samples.LIST_MESSAGE);
        var view = BodyView.of(message.root());
        assertThat(letters(message, view.textBody())).containsExactly("A", "B", "C", "D", "K");
        assertThat(letters(message, view.htmlBody())).containsExactly("A", "E", "K");
        assertThat(letters(message, view.attachments())).containsExactly("C", "F", "G", "H", "J");
        assertThat(view.hasAttachment()).isTrue();
        assertThat(view.attachments().stream().map(part -> BodyView.partId(part).orElseThrow()))
                .containsExactly("2.1.1.2", "2.1.2.2", "2.2", "2.3", "2.4");
        assertThat(BodyView.partId(message.root())).isEmpty();
    }

    private static BodyView view(String text) {
        return BodyView.of(Samples.message(text).root());
    }

    private static List<String> types(List<Part> parts) {
        return parts.stream().map(BodyView::mediaType).toList();
    }

    @Test
    void aPlainMessageIsBothBodies() {
        var view = view("Subject: x\n\nhello\n");
        assertThat(types(view.textBody())).containsExactly("text/plain");
        assertThat(view.htmlBody()).isEqualTo(view.textBody());
        assertThat(view.attachments()).isEmpty();
        assertThat(view.hasAttachment()).isFalse();
        assertThat(BodyView.partId(view.textBody().getFirst())).contains("1");
    }

    @Test
    void anAlternativeOfHtmlAloneServesForText() {
        var view = view("""
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/html

                <p>x
                --a
                Content-Type: text/calendar

                x
                --a--
                """);
        assertThat(types(view.textBody())).containsExactly("text/html");
        assertThat(types(view.htmlBody())).containsExactly("text/html");
        assertThat(types(view.attachments())).containsExactly("text/calendar");
    }

    private static BodyView with(String headerOfSecond) {
        return view(
                "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nhello\n--a\n" + headerOfSecond + "\n\nx\n--a--\n");
    }

    @Test
    void aTextWithANameIsAnAttachmentUnlessItIsTheFirst() {
        assertThat(types(with("Content-Type: text/plain; name=a.txt").attachments()))
                .containsExactly("text/plain");
        assertThat(with("Content-Type: text/plain").textBody()).hasSize(2);
        assertThat(view("Content-Type: text/plain; name=a.txt\n\nx\n").textBody())
                .hasSize(1);
    }

    @Test
    void whatIsMarkedInlineOrIsASignatureIsNoAttachmentToAPerson() {
        assertThat(with("Content-Type: application/pdf").hasAttachment()).isTrue();
        assertThat(with("Content-Type: application/pdf\nContent-Disposition: inline")
                        .hasAttachment())
                .isFalse();
        assertThat(with("Content-Type: application/pgp-signature; name=signature.asc")
                        .hasAttachment())
                .isFalse();
        assertThat(with("Content-Type: image/png").hasAttachment()).isFalse();
        assertThat(with("Content-Type: image/png\nContent-Disposition: attachment")
                        .hasAttachment())
                .isTrue();
        assertThat(with("Content-Type: message/rfc822").hasAttachment()).isTrue();
    }

    private static BodyView page(String headerOfImage) {
        return view(
                "Content-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n<img src=cid:i>\n--a\n"
                        + "Content-Type: image/png\n" + headerOfImage + "\n\nx\n--a--\n");
    }

    @Test
    void theImagesOfAPageAreNoAttachmentsToAPerson() {
        assertThat(page("Content-ID: <i>").attachments()).hasSize(1);
        assertThat(page("Content-ID: <i>").hasAttachment()).isFalse();
        assertThat(page("X: y").hasAttachment()).isTrue();
        assertThat(page("Content-ID: <i>\nContent-Disposition: attachment").hasAttachment())
                .isTrue();
    }

    @Test
    void aMultipartWithoutPartsIsPlainText() {
        var view = view("Content-Type: multipart/mixed; boundary=a\n\nhello\n");
        assertThat(types(view.textBody())).containsExactly("text/plain");
        assertThat(BodyView.partId(view.textBody().getFirst())).contains("1");
    }

    @Test
    void theBodyThatIsMissingIsMadeOfTheOther() throws IOException {
        var plain = Samples.message("Subject: x\n\nSee https://example.org/\n> quoted\n");
        assertThat(Bodies.text(plain, 1000)).isEqualTo("See https://example.org/\n> quoted\n");
        assertThat(Bodies.html(plain, 1000))
                .isEqualTo("<div>See <a href=\"https://example.org/\">https://example.org/</a>"
                        + "<blockquote>quoted</blockquote>\n</div>\n");
        var html = Samples.message("Content-Type: text/html\n\n<p>Hello<p>there\n");
        assertThat(Bodies.text(html, 1000)).isEqualTo("Hello\n\nthere");
        assertThat(Bodies.html(html, 1000)).isEqualTo("<p>Hello<p>there\r\n");
        var list = Samples.message(Samples.LIST_MESSAGE.replace("E\n", "<b>E</b>\n"));
        assertThat(Bodies.text(list, 1000)).isEqualTo("A\nB\nD\nK");
        assertThat(Bodies.html(list, 1000)).isEqualTo("<div>A</div>\n<b>E</b>\n<div>K</div>\n");
        assertThat(Bodies.text(list, 2)).isEqualTo("A\nB");
    }

    @Test
    void thePreviewIsOfTheFirstTextThatSaysAnything() throws IOException {
        assertThat(Preview.of(Samples.message(Samples.LIST_MESSAGE))).isEqualTo("A");
        assertThat(Preview.of(Samples.message("Content-Type: text/html\n\n<style>x</style><p>Hello<br>there")))
                .isEqualTo("Hello there");
        assertThat(Preview.of(Samples.message("Content-Type: image/png\n\nx"))).isEmpty();
        assertThat(Preview.of(Samples.message(
                        "Content-Type: multipart/mixed; boundary=a\n\n--a\n\n \n--a\n\nsecond\n--a--\n")))
                .isEqualTo("second");
    }
}
