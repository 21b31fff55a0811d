package org.merpati.lib.mime.charset;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Octets of any kind under any name are some text, and no longer than they may be. */
class CharsetsFuzzTest {
    @FuzzTest
    void decode(FuzzedDataProvider data) {
        var name = data.consumeString(20);
        var bytes = data.consumeRemainingAsBytes();
        bounded(Charsets.decode(bytes, 0, bytes.length, name), bytes.length);
        bounded(Charsets.decode(bytes, 0, bytes.length, "utf-7"), bytes.length);
        bounded(Charsets.decode(bytes, 0, bytes.length, "utf-16"), bytes.length);
        bounded(Charsets.decode(bytes, 0, bytes.length, "iso-2022-jp"), bytes.length);
        bounded(Charsets.guess(bytes, 0, bytes.length, Charsets.named(name)), bytes.length);
    }

    private static void bounded(String text, int octets) {
        if (text.length() > 3 * octets) {
            throw new AssertionError("text grew");
        }
    }
}
