package org.merpati.lib.mime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Whatever comes is a message: nothing is thrown, every part lies inside its parent, a window changes nothing, and what is
 * stored of it is read back.
 */
class MessageFuzzTest {
    private static final Limits SMALL = new Limits(2_000, 50, 30, 8);

    @FuzzTest
    void messages(byte[] bytes) throws IOException {
        var message = Message.parse(bytes);
        look(message, message.root(), 0, bytes.length);
        WindowTest.same(bytes, bytes.length);
        var small = Message.parse(bytes, 0, bytes.length, SMALL);
        look(small, small.root(), 0, bytes.length);
        var structure = StoredStructure.of(message.root(), 1 << 20);
        var stored = structure.root();
        if (stored.isPresent() != structure.header().isPresent()) {
            throw new AssertionError("a header without a root, or the other way round");
        }
        if (stored.isPresent()) {
            if (!structure
                    .header()
                    .get()
                    .fields()
                    .toString()
                    .equals(stored.get().header().fields().toString())) {
                throw new AssertionError("the stored header differs");
            }
            var again = new Message(message.octets(), stored.get(), List.of());
            if (!Outline.of(again).equals(Outline.of(message))) {
                throw new AssertionError("the stored structure differs");
            }
        }
    }

    @FuzzTest
    void storedStructures(byte[] bytes) {
        StoredStructure.of(bytes).root();
        StoredStructure.of(bytes).header();
    }

    private static void look(Message message, Part part, long from, long to) throws IOException {
        var header = part.header();
        if (header.start() < from
                || part.bodyStart() > to
                || part.bodyEnd() > to
                || part.bodyEnd() < part.bodyStart()) {
            throw new AssertionError("part " + part.section() + " lies outside");
        }
        for (var field : header.fields()) {
            field.name();
            field.text();
        }
        header.addresses("From");
        header.date("Date");
        header.ids("References");
        part.name();
        part.contentId();
        part.charset();
        message.writeContent(part, OutputStream.nullOutputStream());
        if (part.contentType().type().equals("text")) {
            message.text(part, 10_000);
        }
        long at = part.bodyStart();
        for (var child : part.parts()) {
            look(message, child, at, part.bodyEnd());
            at = child.bodyEnd();
        }
        if (part.message().isPresent()) {
            look(message, part.message().get(), part.bodyStart(), part.bodyEnd());
        }
    }
}
