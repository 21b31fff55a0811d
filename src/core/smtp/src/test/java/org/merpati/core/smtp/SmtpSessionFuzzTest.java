package org.merpati.core.smtp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.merpati.core.smtp.ScriptedConnection.Event;

/** Whole sessions of a client that says anything: each ends, its replies are well formed, and nothing is left open. */
class SmtpSessionFuzzTest {
    private static final List<String> STARTS = List.of(
            "",
            "EHLO c\r\n",
            "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\n",
            "LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nRCPT TO:<alice@example.org>\r\n",
            "EHLO c\r\nAUTH PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHNlY3JldA==\r\n",
            "EHLO c\r\nAUTH ");

    @FuzzTest
    void anythingIsAnswered(FuzzedDataProvider data) throws IOException {
        var world = new Fixture();
        world.kind = data.pickValue(SmtpKind.values());
        world.passwords.put("alice@example.org", "secret");
        var events = new ArrayList<Event>();
        events.add(new Event.Octets(data.pickValue(STARTS), () -> {}));
        var connectionSecure = data.consumeBoolean();
        while (data.remainingBytes() > 0) {
            int length = data.consumeInt(1, 400);
            var piece = data.consumeAsciiString(length);
            if (!piece.isEmpty()) {
                events.add(new Event.Octets(piece.replace('|', '\r').replace('`', '\n'), () -> {}));
            }
        }
        events.removeIf(event -> event instanceof Event.Octets(var octets, var before) && octets.isEmpty());
        var connection = new ScriptedConnection(events);
        connection.secure = connectionSecure;
        world.protocol().serve(connection);

        for (var line : connection.written().split("\r\n", 0)) {
            if (!line.matches("[2345][0-9]{2}[ -][\\x20-\\x7e\\t]*")) {
                throw new AssertionError("no reply: " + line);
            }
        }
        if (world.spool.open != 0) {
            throw new AssertionError("a message is left in the spool");
        }
    }
}
