package org.merpati.core.smtp.stage;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Network;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;

/** Sessions and settings for tests of stages. */
final class Sessions {
    static final SmtpSessionView USUAL = from("192.0.2.1");

    private Sessions() {}

    static SmtpSessionView from(String remote) {
        return session("smtp", remote, "198.51.100.7", Optional.of("mx.example.net"), Optional.empty());
    }

    static SmtpSessionView session(
            String listener, String remote, String local, Optional<String> helo, Optional<String> login) {
        return new SmtpSessionView(
                "c1",
                listener,
                listener.equals("lmtp") ? "lmtp" : login.isPresent() ? "submission" : "smtp",
                new InetSocketAddress(Network.address(remote), 40_000),
                new InetSocketAddress(Network.address(local), 25),
                Optional.empty(),
                helo,
                login);
    }

    static SmtpSessionView called(String name) {
        return session("smtp", "192.0.2.1", "198.51.100.7", Optional.of(name), Optional.empty());
    }

    static MailRequest mail(String sender) {
        return new MailRequest(sender, 0, false);
    }

    static RcptRequest rcpt(String sender, String recipient) {
        return new RcptRequest(mail(sender), recipient, 0);
    }

    /** Names and values in turn; limits are on, and the throttles that are there already are off. */
    static Config config(String... settings) {
        var given = new TreeMap<>(Map.of(
                "data",
                "target/no-data",
                "throttle.connections.enabled",
                "false",
                "throttle.sender-to-recipient.enabled",
                "false"));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return Config.from(given, "test", Map.of(), new Properties());
    }

    static Stages stages(String... settings) {
        return Stages.of(config(settings), () -> 0);
    }
}
