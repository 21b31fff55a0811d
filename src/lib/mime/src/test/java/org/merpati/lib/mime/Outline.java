package org.merpati.lib.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A message's tree in one line, for tests to compare: section, type and decoded content of leaves, in braces what is inside. */
final class Outline {
    private Outline() {}

    static String of(Message message) throws IOException {
        return of(message, message.root());
    }

    static String of(Message message, Part part) throws IOException {
        var out = new StringBuilder(part.section())
                .append(' ')
                .append(part.contentType().mediaType());
        if (part.isLeaf()) {
            var content = new ByteArrayOutputStream();
            message.writeContent(part, content);
            var text = content.toString(StandardCharsets.ISO_8859_1);
            return out.append(" \"")
                    .append(text.replace("\r", "\\r").replace("\n", "\\n"))
                    .append('"')
                    .toString();
        }
        out.append(" {");
        for (var child : part.parts()) {
            out.append(of(message, child)).append("; ");
        }
        if (part.message().isPresent()) {
            out.append(of(message, part.message().get())).append("; ");
        }
        return out.append('}').toString().replace("; }", "}");
    }
}
