package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.config.ListenerSettings;
import org.merpati.core.api.config.TlsMode;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.store.Migrations;

@Timeout(60)
class MailListenersTest {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final List<ListenerSettings> ALL = List.of(
            listener(ListenerProtocol.SMTP, TlsMode.STARTTLS, 0),
            listener(ListenerProtocol.IMAP, TlsMode.NONE, 0),
            listener(ListenerProtocol.IMAPS, TlsMode.IMPLICIT, 0));

    private static ListenerSettings listener(ListenerProtocol protocol, TlsMode tls, int port) {
        return new ListenerSettings(protocol.text(), protocol, List.of("127.0.0.1"), port, tls, List.of());
    }

    @TempDir
    Path parent;

    private final EchoProtocol echo = new EchoProtocol();
    private OpenPlatform opened;
    private Platform platform;

    @BeforeEach
    void open() throws IOException {
        opened = OpenPlatform.open(config());
        platform = opened.platform();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private Config config() {
        return Config.from(
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
    }

    private MailListeners bind(List<ListenerSettings> wanted) throws IOException {
        return MailListeners.bind(wanted, (protocol, given, door) -> echo, GRACE);
    }

    /** A server whose start goes through the phases a container's does. */
    private class StartingDoor implements Door, Services {
        final AtomicReference<String> phase = new AtomicReference<>("unavailable");
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch asked = new CountDownLatch(2);
        final AtomicInteger schemas = new AtomicInteger();

        @Override
        public <T> Outcome<T> call(Unit<T> unit) {
            calls.incrementAndGet();
            asked.countDown();
            return switch (phase.get()) {
                case "unavailable" -> {
                    phase.set("failing");
                    yield new Outcome.Unavailable<>();
                }
                case "failing" -> {
                    phase.set("migrating");
                    yield new Outcome.Failed<>(FailureKind.NO_CONNECTION, "1");
                }
                default -> new Outcome.Done<>(unit.run(this));
            };
        }

        @Override
        public <S> S get(Class<S> service) {
            return service.cast(
                    service == Platform.class
                            ? platform
                            : new Migrations() {
                                @Override
                                public boolean done() {
                                    return schemas.incrementAndGet() > 2;
                                }
                            });
        }
    }

    @Test
    void boundPortsAcceptOnceTheSchemaIsThere() throws Exception {
        var door = new StartingDoor();
        try (var listeners = bind(ALL)) {
            var smtp = listeners.listening().getFirst();
            try (var early = Client.to(smtp.port())) {
                listeners.startWhenReady(door);
                assertThat(early.line()).startsWith("hello smtp-");
                assertThat(door.schemas).hasValue(3);
                assertThat(listeners.awaitAccepting(GRACE)).isTrue();
            }
        }
    }

    @Test
    void closingWhileWaitingForTheServerEndsTheWait() throws Exception {
        var door = new StartingDoor() {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                asked.countDown();
                return new Outcome.Unavailable<>();
            }
        };
        var listeners = bind(ALL);
        int port = listeners.listening().getFirst().port();
        listeners.startWhenReady(door);
        assertThat(door.asked.await(10, TimeUnit.SECONDS)).isTrue();
        listeners.close();
        listeners.close();
        assertThat(listeners.awaitAccepting(Duration.ZERO)).isFalse();
        assertThatThrownBy(() -> Client.to(port)).isInstanceOf(IOException.class);
        listeners.start(platform, door);
        assertThat(listeners.awaitAccepting(Duration.ZERO)).isFalse();
    }

    @Test
    void listingSaysWhatIsBound() throws IOException {
        try (var listeners = MailListeners.bind(config().listeners())) {
            assertThat(listeners.listening())
                    .extracting(Listening::name, Listening::address, Listening::tls)
                    .containsExactly(
                            tuple("smtp", "127.0.0.1", "starttls"),
                            tuple("submission", "127.0.0.1", "starttls"),
                            tuple("submissions", "127.0.0.1", "implicit"),
                            tuple("lmtp", "127.0.0.1", "none"),
                            tuple("imap", "127.0.0.1", "starttls"),
                            tuple("imaps", "127.0.0.1", "implicit"));
            assertThat(listeners.listening()).extracting(Listening::port).doesNotContain(0);
        }
    }

    @Test
    void whenOnePortIsTakenNoneIsKept() throws IOException {
        try (var first = bind(ALL)) {
            int taken = first.listening().getLast().port();
            int free;
            try (var probe = bind(List.of(listener(ListenerProtocol.SMTP, TlsMode.NONE, 0)))) {
                free = probe.listening().getFirst().port();
            }
            assertThatThrownBy(() -> bind(List.of(
                            listener(ListenerProtocol.SMTP, TlsMode.NONE, free),
                            listener(ListenerProtocol.IMAPS, TlsMode.IMPLICIT, taken))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("imaps.port")
                    .hasMessageContaining(String.valueOf(taken));
            bind(List.of(listener(ListenerProtocol.SMTP, TlsMode.NONE, free))).close();
        }
    }

    @Test
    void aNamedListenersConflictNamesItsOwnSetting() throws IOException {
        try (var first = bind(ALL)) {
            int taken = first.listening().getLast().port();
            var named = new ListenerSettings(
                    "mx2", ListenerProtocol.SMTP, List.of("127.0.0.1"), taken, TlsMode.NONE, List.of());
            assertThatThrownBy(() -> bind(List.of(named))).hasMessageContaining("listener.mx2.port");
        }
    }

    @Test
    void onlyImplicitTlsComesBeforeTheGreeting() throws IOException {
        try (var listeners = bind(ALL)) {
            listeners.start(platform, new StartingDoor());
            for (var one : listeners.listening()) {
                if (!one.tls().equals("implicit")) {
                    try (var client = Client.to(one.port())) {
                        assertThat(client.line()).startsWith("hello " + one.name() + "-");
                    }
                } else {
                    try (var client = Client.to(one.port())) {
                        client.send("this is no handshake");
                        // an alert record (RFC 8446 §5.1), not a greeting
                        assertThat(client.socket.getInputStream().read()).isEqualTo(21);
                    }
                }
            }
        }
    }
}
