package org.merpati.lib.mime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.merpati.lib.mime.field.EncodedWords;

/** Whatever comes: nothing is thrown, offsets lie inside and in order. */
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
            field.text();
        }
        if (at > header.size()) {
            throw new AssertionError("fields beyond the header");
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
