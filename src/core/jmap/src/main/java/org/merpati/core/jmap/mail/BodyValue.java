package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.lib.jmap.mail.HeaderForm;
import org.merpati.lib.mime.Octets;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.TransferEncoding;
import org.merpati.lib.mime.charset.Charsets;
import org.merpati.lib.mime.view.BodyView;

/** An EmailBodyValue (RFC 8621 §4.1.4). */
record BodyValue(String value, boolean encodingProblem, boolean truncated) {
    /** Octets of content that are read of one part: more text than anybody reads, and what fits into memory. */
    private static final int MOST = 5_000_000;

    /** @param most octets of the value in UTF-8; 0: no limit but ours */
    static BodyValue read(Octets message, Part part, long most) throws IOException {
        byte[] octets;
        boolean cut;
        var content = PartOctets.content(message, part);
        try (var in = content.open(0, content.size())) {
            octets = in.readNBytes(MOST);
            cut = octets.length == MOST && in.read() >= 0;
        }
        var charset = part.charset().orElse("us-ascii");
        var text = Charsets.decode(octets, 0, octets.length, charset).replace("\r\n", "\n");
        boolean problem = part.encoding() == TransferEncoding.UNKNOWN || isMalformed(octets, charset, cut);
        boolean html = BodyView.mediaType(part).equals("text/html");
        var shown = most > 0 ? truncated(text, most, html) : text;
        return new BodyValue(shown, problem, cut || shown.length() < text.length());
    }

    /** Whether the octets are not what the charset's name says. */
    private static boolean isMalformed(byte[] octets, String name, boolean cut) {
        var charset = Charsets.named(name);
        if (charset.isEmpty()) {
            return true;
        }
        CharsetDecoder strict = charset.get()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(octets);
        var out = CharBuffer.allocate(8192);
        while (true) {
            var result = strict.decode(in, out, !cut); // where it was cut, the last character may be a part of one
            if (result.isError()) {
                return true;
            }
            if (result.isUnderflow()) {
                return false;
            }
            out.clear();
        }
    }

    /** At a character's end, and not within a tag. */
    static String truncated(String text, long most, boolean html) {
        long octets = 0;
        int end = 0;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            octets += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets > most) {
                int tag = html ? text.lastIndexOf('<', end - 1) : -1;
                boolean within = tag >= 0 && text.indexOf('>', tag) >= end;
                return text.substring(0, within ? tag : end);
            }
            end += Character.charCount(c);
        }
        return text;
    }

    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("value", HeaderForm.text(value));
        json.put("isEncodingProblem", encodingProblem);
        return json.put("isTruncated", truncated);
    }
}
