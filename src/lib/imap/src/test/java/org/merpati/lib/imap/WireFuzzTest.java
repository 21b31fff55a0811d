package org.merpati.lib.imap;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.merpati.lib.imap.command.ImapVerb;
import org.merpati.lib.imap.command.MessageUrl;
import org.merpati.lib.imap.command.Notify;
import org.merpati.lib.imap.command.NotifyEvent;
import org.merpati.lib.mime.charset.ModifiedUtf7;

/** Strangers' bytes: only the exceptions that are promised come out, and the reader comes to the end. */
final class WireFuzzTest {
    /** As the session's: messages are diverted, small strings kept. */
    private static final class Policy implements LiteralPolicy {
        private long diverted;

        @Override
        public LiteralChoice decide(Announced literal) {
            try {
                var in = literal.soFar();
                in.tag();
                ImapVerb.read(in.space()).parse(in);
            } catch (LiteralAwaited e) {
                if (e.message()) {
                    return new LiteralChoice.Divert((octets, offset, length) -> diverted += length);
                }
            } catch (ImapSyntaxException e) {
                // it may be kept all the same
            }
            return literal.kept() + literal.size() <= 8192 ? LiteralChoice.KEEP : LiteralChoice.REFUSE;
        }

        @Override
        public void invite() {}
    }

    @FuzzTest(maxDuration = "1m")
    void commands(byte[] bytes) throws IOException {
        var reader = new ImapReader(new ByteArrayInputStream(bytes));
        var policy = new Policy();
        while (true) {
            var input = reader.next(policy);
            if (input instanceof Input.End) {
                if (policy.diverted > bytes.length) {
                    throw new AssertionError("octets from nowhere");
                }
                return;
            }
            if (input instanceof Input.Whole(var command)) {
                try {
                    command.tag();
                    ImapVerb.read(command.space()).parse(command);
                } catch (ImapSyntaxException e) {
                    if (e.offset() < 0) {
                        throw new AssertionError(e);
                    }
                }
            }
            reader.release();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void messageUrls(FuzzedDataProvider data) {
        var text = data.consumeRemainingAsString();
        MessageUrl.parse(text, Optional.of(MailboxName.INBOX)).ifPresent(url -> {
            if (url.uid() == 0 || url.mailbox().text().isEmpty()) {
                throw new AssertionError("no message: " + url);
            }
        });
    }

    @FuzzTest(maxDuration = "1m")
    void sequenceSets(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsString().getBytes(StandardCharsets.UTF_8);
        try {
            var in = new CommandReader(bytes, 0, bytes.length);
            var set = in.messages();
            byte[] again = set.toString().getBytes(StandardCharsets.UTF_8);
            if (!new CommandReader(again, 0, again.length).messages().equals(set)) {
                throw new AssertionError("another set: " + set);
            }
        } catch (ImapSyntaxException e) {
            // as promised
        }
    }

    @FuzzTest(maxDuration = "1m")
    void searches(FuzzedDataProvider data) {
        var verb = data.pickValue(new String[] {"SEARCH", "UID SORT", "THREAD", "ESEARCH"});
        byte[] bytes = (verb + " " + data.consumeRemainingAsString()).getBytes(StandardCharsets.UTF_8);
        try {
            var in = new CommandReader(bytes, 0, bytes.length);
            ImapVerb.read(in).parse(in);
            in.end();
        } catch (ImapSyntaxException e) {
            if (e.offset() < 0 || e.offset() > bytes.length) {
                throw new AssertionError(e);
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void notifications(FuzzedDataProvider data) {
        byte[] bytes = ("NOTIFY " + data.consumeRemainingAsString()).getBytes(StandardCharsets.UTF_8);
        try {
            var in = new CommandReader(bytes, 0, bytes.length);
            var notify = (Notify) ImapVerb.read(in).parse(in);
            for (var group : notify.groups()) {
                boolean comes = group.events().contains(NotifyEvent.MESSAGE_NEW);
                if (comes != group.events().contains(NotifyEvent.MESSAGE_EXPUNGE)
                        || (group.ofSelected() && !group.events().stream().allMatch(NotifyEvent::ofMessages))
                        || (!group.ofSelected() && !group.items().isEmpty())) {
                    throw new AssertionError("it makes no sense: " + group);
                }
            }
        } catch (ImapSyntaxException e) {
            if (e.offset() < 0 || e.offset() > bytes.length) {
                throw new AssertionError(e);
            }
        }
    }

    /** Whatever comes as compressed; and what was compressed comes out again, with what stands behind it. */
    @FuzzTest(maxDuration = "1m")
    void compressed(byte[] bytes) throws IOException {
        try (var in = new InflatingInput(new ByteArrayInputStream(bytes), new byte[0])) {
            byte[] some = in.readNBytes(1 << 20);
            byte[] rest = in.end();
            if (rest.length > bytes.length || some.length > 1 << 20) {
                throw new AssertionError("octets from nowhere");
            }
        } catch (IOException e) {
            // as promised
        }
        int half = bytes.length / 2;
        var wire = new ByteArrayOutputStream();
        var out = new DeflatingOutput(wire);
        out.write(bytes, 0, half);
        out.flush();
        out.close();
        wire.write(bytes, half, bytes.length - half);
        try (var in = new InflatingInput(new ByteArrayInputStream(wire.toByteArray()), new byte[0])) {
            byte[] again = in.readNBytes(half);
            if (!Arrays.equals(again, Arrays.copyOf(bytes, half))) {
                throw new AssertionError("other octets");
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void mailboxNames(FuzzedDataProvider data) {
        var wire = data.consumeRemainingAsString();
        try {
            var name = ModifiedUtf7.decode(wire);
            if (!ModifiedUtf7.encode(name).equals(wire)) {
                throw new AssertionError("two encodings of one name: " + wire);
            }
        } catch (IllegalArgumentException e) {
            // as promised
        }
    }
}
