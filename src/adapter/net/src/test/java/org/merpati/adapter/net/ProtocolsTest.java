package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.stage.SmtpStages;

@Timeout(60)
class ProtocolsTest {
    /** Behind it there is nothing, and no plug-ins either. */
    private static final Door BARE = new Door() {
        @Override
        public <T> Outcome<T> call(Unit<T> unit) {
            return new Outcome.Done<>(unit.run(BARE_SERVICES));
        }
    };

    private static final Services BARE_SERVICES = new Services() {
        @Override
        public <S> S get(Class<S> service) {
            SmtpStages none = List::of;
            return service.cast(none);
        }
    };

    @Test
    void eachListenerGreetsInItsProtocolAndSaysFarewell(@TempDir Path parent) throws IOException {
        var config = Config.from(
                Map.of(
                        "data", parent.resolve("data").toString(),
                        "smtp.port", "0",
                        "submission.port", "0",
                        "submissions.port", "0",
                        "lmtp.port", "0",
                        "imap.port", "0",
                        "imaps.port", "0"),
                "test",
                Map.of(),
                new Properties());
        var listeners = MailListeners.bind(config.listeners());
        try (var opened = OpenPlatform.open(config)) {
            listeners.start(opened.platform(), BARE);
            try (var smtp = client(listeners, "smtp");
                    var submission = client(listeners, "submission");
                    var lmtp = client(listeners, "lmtp");
                    var imap = client(listeners, "imap")) {
                assertThat(submission.line()).startsWith("220 localhost ");
                assertThat(lmtp.line()).startsWith("220 localhost ");
                assertThat(smtp.line()).startsWith("220 localhost ");
                smtp.send("NOOP");
                assertThat(smtp.line()).startsWith("250 ");
                assertThat(imap.line()).startsWith("* OK ");
                imap.send("a NOOP");
                assertThat(imap.line()).startsWith("a OK ");
                listeners.close();
                assertThat(smtp.line()).startsWith("421 ");
                assertThat(smtp.line()).isNull();
                assertThat(imap.line()).startsWith("* BYE ");
                assertThat(imap.line()).isNull();
            }
        } finally {
            listeners.close();
        }
    }

    /** As SMTP's throttles do. */
    @Test
    void theLimitsOfAnImapUserCountOverBothListeners(@TempDir Path parent) throws IOException {
        var data = parent.resolve("data").toString();
        try (var opened = OpenPlatform.open(Config.from(Map.of("data", data), "test", Map.of(), new Properties()))) {
            var protocols = new Protocols();
            assertThat(protocols.make(ListenerProtocol.IMAPS, opened.platform(), BARE))
                    .isSameAs(protocols.make(ListenerProtocol.IMAP, opened.platform(), BARE));
        }
    }

    private static Client client(MailListeners listeners, String name) throws IOException {
        for (var one : listeners.listening()) {
            if (one.name().equals(name)) {
                return Client.to(one.port());
            }
        }
        throw new AssertionError("no listener " + name);
    }
}
