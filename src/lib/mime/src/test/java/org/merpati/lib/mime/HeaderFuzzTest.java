package org.merpati.lib.mime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.mime.field.EncodedWords;

/** Whatever comes: nothing is thrown, offsets lie inside and in order, and the two ways to find the end agree. */
class HeaderFuzzTest {
    @FuzzTest
    void headers(byte[] bytes) {
        var header = Header.read(bytes, bytes.length);
        int at = 0;
        for (var field : header.fields()) {
            if (field.start() < at || field.bodyStart() <= field.start() || field.end() < field.bodyStart()) {
                throw new AssertionError(field + " after " + at);
            }
            at = field.end();
            header.text(field);
        }
        if (at > header.size()) {
            throw new AssertionError("fields beyond the header");
        }
        var end = new HeaderEnd();
        int half = bytes.length / 2;
        end.next(bytes, 0, half);
        end.next(bytes, half, bytes.length - half);
        if (end.size() != header.size() || end.found() != header.complete()) {
            throw new AssertionError("the ends disagree");
        }
    }

    @FuzzTest
    void encodedWords(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var decoded = EncodedWords.decode(text);
        if (!text.contains("=?") && !decoded.equals(text)) {
            throw new AssertionError("plain text was changed");
        }
    }
}
