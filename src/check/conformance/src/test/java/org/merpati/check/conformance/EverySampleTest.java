package org.merpati.check.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.field.Address;
import org.merpati.lib.mime.field.CommaList;
import org.merpati.lib.mime.field.ContentId;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.field.ListField;
import org.merpati.lib.mime.field.MessageIds;
import org.merpati.lib.mime.field.Received;
import org.merpati.lib.mime.view.BodyView;
import org.merpati.lib.mime.view.Envelope;
import org.merpati.lib.mime.view.Preview;

/** Whatever file there is, as a message: everything in it can be asked for, and every part lies in what it is in. */
class EverySampleTest {
    @TestFactory
    List<DynamicTest> isReadInAllItsParts() {
        var tests = new ArrayList<DynamicTest>();
        var root = Samples.path("");
        for (var file : Samples.files("")) {
            tests.add(DynamicTest.dynamicTest(root.relativize(file).toString(), () -> {
                var bytes = Samples.bytes(file);
                touch(bytes);
                touch(Arrays.copyOf(bytes, bytes.length / 2));
            }));
        }
        assertThat(tests).hasSizeGreaterThan(500);
        return tests;
    }

    private static void touch(byte[] bytes) throws IOException {
        var message = Message.parse(bytes);
        part(message, message.root(), 0, bytes.length);
        assertThat(Preview.of(message).length()).isLessThanOrEqualTo(2 * Preview.LONGEST);
        var all = new ArrayList<Part>();
        var view = BodyView.of(message.root());
        all.addAll(view.textBody());
        all.addAll(view.htmlBody());
        all.addAll(view.attachments());
        for (var shown : all) {
            assertThat(BodyView.mediaType(shown)).contains("/");
            BodyView.partId(shown);
        }
    }

    private static void part(Message message, Part part, long from, long to) throws IOException {
        assertThat(part.header().start()).isBetween(from, to);
        assertThat(part.bodyStart()).isBetween(from, to);
        assertThat(part.bodyEnd()).isBetween(part.bodyStart(), to);
        header(part.header());
        var content = new ByteArrayOutputStream();
        message.writeContent(part, content);
        assertThat(content.size()).isLessThanOrEqualTo((int) part.size());
        assertThat(message.text(part, 1 << 20).length()).isLessThanOrEqualTo(3 * (int) part.size());
        part.name();
        part.section();
        long end = part.bodyEnd();
        for (var inner : part.parts()) {
            part(message, inner, part.bodyStart(), end);
        }
        if (part.message().isPresent()) {
            part(message, part.message().get(), part.bodyStart(), end);
        }
    }

    /** Every field as everything that a field can be. */
    private static void header(Header header) {
        Envelope.of(header);
        for (var field : header.fields()) {
            var body = field.raw();
            field.text();
            Address.parse(body);
            CommaList.parse(body);
            ContentId.parse(body);
            ContentType.parse(body);
            DateTime.parse(body);
            Disposition.parse(body);
            ListField.parse(body);
            ListField.id(body);
            MessageIds.parse(body);
            Received.parse(body);
        }
    }
}
