package org.merpati.lib.smtp.command;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.merpati.lib.smtp.CommandReader;
import org.merpati.lib.smtp.Extension;
import org.merpati.lib.smtp.Leniency;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.path.ReversePath;

/** Only SmtpSyntaxException escapes; it always has a reply; and a path that was read reads the same when written. */
class SmtpCommandFuzzTest {
    @FuzzTest
    void commands(byte[] line) {
        var text = new String(line, StandardCharsets.ISO_8859_1);
        try {
            if (SmtpCommand.parse(text, Leniency.ALL, EnumSet.allOf(Extension.class)) instanceof Mail mail) {
                again(mail.from());
            }
        } catch (SmtpSyntaxException e) {
            e.reply().wireLines();
        }
    }

    @FuzzTest
    void paths(byte[] path) {
        var text = new String(path, StandardCharsets.ISO_8859_1);
        try {
            again(ReversePath.parse(new CommandReader(text, Leniency.ALL, EnumSet.allOf(Extension.class))));
        } catch (SmtpSyntaxException e) {
            e.reply().wireLines();
        }
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void again(ReversePath path) {
        var written = "<" + path.text() + ">";
        if (!ReversePath.parse(new CommandReader(octets(written), Leniency.ALL, EnumSet.allOf(Extension.class)))
                .equals(path)) {
            throw new AssertionError(written);
        }
    }
}
