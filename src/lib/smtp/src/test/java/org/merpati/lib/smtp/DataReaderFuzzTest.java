package org.merpati.lib.smtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** However the input is cut, the result is the one that the definition gives when the whole is looked at. */
class DataReaderFuzzTest {
    @FuzzTest
    void data(byte[] wire) throws IOException {
        var text = new String(wire, StandardCharsets.ISO_8859_1);
        int end = text.startsWith(".\r\n") ? 0 : text.indexOf("\r\n.\r\n") + 2;
        boolean ends = end != 1;
        for (int most : new int[] {1, 3, 100_000}) {
            var sink = new ByteArrayOutputStream();
            var in = new SmtpInput(new Trickle(text, most));
            DataReader.Result result;
            try {
                result = DataReader.read(in, sink, 1_000);
            } catch (EOFException e) {
                if (ends) {
                    throw new AssertionError("the end was not seen", e);
                }
                continue;
            }
            if (!ends) {
                throw new AssertionError("an end was seen");
            }
            check(text.substring(0, end), sink.toString(StandardCharsets.ISO_8859_1), result);
        }
    }

    private static void check(String sent, String received, DataReader.Result result) {
        var message = ("\r\n" + sent).replace("\r\n.", "\r\n").substring(2);
        var rest = message.replace("\r\n", "");
        boolean bare = rest.indexOf('\r') >= 0 || rest.indexOf('\n') >= 0;
        boolean right = switch (result) {
            case DataReader.Result.Whole(long size) -> !bare && size == message.length() && received.equals(message);
            case DataReader.Result.BareLineBreak() -> bare;
            case DataReader.Result.TooLarge() -> message.length() > 1_000 && received.length() <= 1_000;
            case DataReader.Result.NotTaken(var cause) -> false;
        };
        if (!right) {
            throw new AssertionError(result + " for " + message);
        }
    }
}
