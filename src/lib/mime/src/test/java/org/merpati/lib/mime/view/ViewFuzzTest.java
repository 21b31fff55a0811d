package org.merpati.lib.mime.view;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.StoredStructure;

/** Whatever comes: no view throws, sections lie inside the message, and what is stored gives the same views. */
final class ViewFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void views(byte[] bytes) throws IOException {
        var message = Message.parse(bytes);
        var view = BodyView.of(message.root());
        if (Preview.of(message).length() > Preview.LONGEST) {
            throw new AssertionError("too long");
        }
        Bodies.text(message, 10_000);
        Bodies.html(message, 10_000);
        sections(message.root(), message);
        var structure = BodyStructure.of(message.root());
        var stored =
                StoredStructure.of(message.root(), Integer.MAX_VALUE).root().orElseThrow();
        if (!BodyStructure.of(stored).equals(structure)
                || !Envelope.of(stored.header())
                        .equals(Envelope.of(message.root().header()))
                || !ids(BodyView.of(stored)).equals(ids(view))) {
            throw new AssertionError("what was stored gives other views");
        }
    }

    private static List<String> ids(BodyView view) {
        return view.attachments().stream().map(Part::section).toList();
    }

    private static void sections(Part part, Message message) throws IOException {
        for (var what : Section.Whole.values()) {
            if (!part.section().isEmpty()) {
                var path = java.util.Arrays.stream(part.section().split("\\."))
                        .map(Integer::valueOf)
                        .toList();
                var found = new Section(path, what).in(message.root());
                if (found.isPresent()) {
                    message.octets().open(found.get().from(), found.get().to()).close();
                }
                if (what == Section.Whole.BODY
                        && found.filter(range -> range.from() == part.bodyStart())
                                .isEmpty()) {
                    throw new AssertionError("not found: " + part.section());
                }
            }
        }
        if (Binary.isDecodable(part)) {
            try (var in = Binary.open(part, message.body(part))) {
                Binary.measure(in);
            }
        }
        for (var child : part.parts()) {
            sections(child, message);
        }
        if (part.message().isPresent()) {
            sections(part.message().get(), message);
        }
    }
}
