package org.merpati.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.merpati.core.api.config.ThreadKind;
import org.merpati.core.api.config.TlsMode;

@Timeout(60)
class ListenerTest {
    private static final ListenerAddress LOOPBACK = new ListenerAddress(List.of("127.0.0.1"), 0);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(1));

    private final EchoProtocol echo = new EchoProtocol();
    private Listener listener;

    ListenerTest() throws IOException {
        listener = Listener.open("echo", "echo.port", LOOPBACK);
    }

    @BeforeEach
    void nothingIsAcceptedBeforeTheStart() {
        assertThat(listener.connections()).isZero();
    }

    @AfterEach
    void close() {
        echo.finish.countDown();
        listener.close(GRACE);
    }

    private Service service(Limits limits, ThreadKind threads, Patience patience) {
        return new Service(
                echo,
                TlsMode.NONE,
                () -> {
                    throw new AssertionError("no TLS here");
                },
                List.of(),
                limits,
                threads,
                patience);
    }

    private void start() {
        start(Limits.NONE);
    }

    private void start(Limits limits) {
        listener.start(service(limits, ThreadKind.AUTO, Patience.USUAL));
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void aConnectionIsServedOnAThreadNamedAfterIt(ThreadKind kind) throws IOException {
        listener.start(service(Limits.NONE, kind, Patience.USUAL));
        try (var client = Client.to(listener.port())) {
            var id = String.valueOf(client.line()).substring("hello ".length());
            assertThat(id).matches("echo-[0-9a-f]+");
            client.send("thread");
            assertThat(client.line()).isEqualTo("merpati-" + id + " " + (kind == ThreadKind.VIRTUAL));
            client.send("quit");
            assertThat(client.line()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void aSilentClientTimesOut(ThreadKind kind) throws IOException {
        listener.start(service(Limits.NONE, kind, Patience.USUAL));
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("wait");
            assertThat(client.line()).isEqualTo("timed out");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void whatAClientSentTooMuchDoesNotTakeTheLastLineFromIt() throws IOException {
        start();
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("last\r\nquit\r\n" + "unread ".repeat(10_000));
            assertThat(client.line()).isEqualTo("last");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void clientsThatComeBeforeTheStartWaitForIt() throws IOException {
        try (var client = Client.to(listener.port())) {
            client.send("early");
            start();
            assertThat(client.line()).startsWith("hello");
            assertThat(client.line()).isEqualTo("early");
        }
    }

    @Test
    void tasksRunOnThreadsOfTheNetworkWithTheClassLoaderOfTheOpener() throws IOException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader("openers", new URL[0], before)) {
            thread.setContextClassLoader(loader);
            start();
            thread.setContextClassLoader(before);
            try (var client = Client.to(listener.port())) {
                var id = String.valueOf(client.line()).substring("hello ".length());
                client.send("loader");
                assertThat(client.line()).startsWith("merpati-" + id + "-task ").endsWith(loader.toString());
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aBugInASessionEndsThatSessionOnly() throws IOException {
        start();
        try (var broken = Client.to(listener.port());
                var other = Client.to(listener.port())) {
            broken.line();
            broken.send("bug");
            assertThat(broken.line()).isNull();
            other.line();
            other.send("still here");
            assertThat(other.line()).isEqualTo("still here");
        }
    }

    @Test
    void beyondTheLimitPerAddressAClientIsToldSo() throws IOException {
        start(new Limits(10, 1));
        try (var first = Client.to(listener.port());
                var second = Client.to(listener.port());
                var elsewhere = Client.from("127.0.0.2", listener.port())) {
            assertThat(first.line()).startsWith("hello");
            assertThat(second.line()).isEqualTo("no: too many connections from your address");
            assertThat(second.line()).isNull();
            assertThat(elsewhere.line()).startsWith("hello");
        }
    }

    @Test
    void aPlaceIsFreeAgainWhenItsClientIsGone() throws IOException {
        start(new Limits(1, 1));
        for (int i = 0; i < 20; i++) {
            try (var client = Client.to(listener.port())) {
                assertThat(client.line()).startsWith("hello");
                client.send("quit");
                assertThat(client.line()).isNull();
            }
            awaitNoConnections();
        }
    }

    @Test
    void beyondTheLimitInAllAClientIsToldSo() throws IOException {
        start(new Limits(2, 2));
        try (var first = Client.to(listener.port());
                var second = Client.from("127.0.0.2", listener.port());
                var third = Client.from("127.0.0.3", listener.port())) {
            assertThat(first.line()).startsWith("hello");
            assertThat(second.line()).startsWith("hello");
            assertThat(third.line()).isEqualTo("no: too many connections");
        }
    }

    @Test
    void aThousandConnectionsAtOnceAreServed() throws IOException {
        start();
        var clients = new ArrayList<Client>();
        try {
            for (int i = 0; i < 1_000; i++) {
                clients.add(Client.to(listener.port()));
            }
            for (var client : clients) {
                assertThat(client.line()).startsWith("hello");
            }
            assertThat(listener.connections()).isEqualTo(1_000);
            for (var client : clients) {
                client.send("ping");
            }
            for (var client : clients) {
                assertThat(client.line()).isEqualTo("ping");
            }
            listener.close(GRACE);
            for (var client : clients) {
                assertThat(client.line()).isEqualTo("bye");
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void aStopSaysFarewellToSessionsBetweenCommands(ThreadKind kind) throws IOException {
        listener.start(service(Limits.NONE, kind, Patience.USUAL));
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("x");
            client.line();
            listener.close(GRACE);
            assertThat(client.line()).isEqualTo("bye");
            assertThat(client.line()).isNull();
            assertThat(listener.connections()).isZero();
        }
        assertThatThrownBy(() -> Client.to(listener.port())).isInstanceOf(IOException.class);
    }

    @Test
    void aStopWaitsForTheSessionAtWork() throws Exception {
        start();
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("work");
            assertThat(echo.working.await(10, TimeUnit.SECONDS)).isTrue();
            var closing = CompletableFuture.runAsync(() -> listener.close(GRACE));
            awaitPortFree();
            assertThat(closing).isNotDone();
            echo.finish.countDown();
            assertThat(client.line()).isEqualTo("worked");
            assertThat(client.line()).isEqualTo("bye");
            assertThat(client.line()).isNull();
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void afterTheGraceTheRestIsCutOff() throws Exception {
        start();
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("flood");
            client.line();
            listener.close(Duration.ofMillis(300));
            assertThat(echo.flooded.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(listener.connections()).isZero();
        }
    }

    @Test
    void closingAgainOrBeforeTheStartIsHarmless() {
        listener.close(GRACE);
        listener.close(GRACE);
        start();
        assertThat(listener.connections()).isZero();
    }

    @Test
    void aClientThatReadsNothingIsHungUpOn() throws Exception {
        listener.start(service(Limits.NONE, ThreadKind.AUTO, SHORT));
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("flood");
            assertThat(echo.flooded.await(20, TimeUnit.SECONDS)).isTrue();
            awaitNoConnections();
        }
    }

    @Test
    void aSlowReaderIsServedToTheEnd() throws Exception {
        listener.start(service(Limits.NONE, ThreadKind.AUTO, SHORT));
        try (var client = Client.to(listener.port())) {
            client.line();
            client.send("flood");
            // longer in all than the deadline for one block, with progress all the time
            long start = System.nanoTime();
            for (int i = 0; i < 160; i++) {
                assertThat(client.line()).hasSize(65_535);
                Waiting.upTo(Duration.ofMillis(10), left -> new CountDownLatch(1).await(left, TimeUnit.NANOSECONDS));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(SHORT.stall().multipliedBy(3));
            client.send("done");
            assertThat(client.line()).isEqualTo("done");
        }
    }

    @Test
    void aPortInUseIsNamedWithSettingAndAddress() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(
                            () -> Listener.open("smtp", "smtp.port", new ListenerAddress(List.of("127.0.0.1"), port)))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("smtp.port")
                    .hasMessageContaining("127.0.0.1 port " + port)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void anAddressThatIsNotThereIsNamed() {
        assertThatThrownBy(() ->
                        Listener.open("smtp", "smtp.port", new ListenerAddress(List.of("no.such.host.invalid"), 0)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void allAddressesGetTheSameFreePort() throws IOException {
        var both = Listener.open(
                "echo", "echo.port", new ListenerAddress(List.of("127.0.0.1", "127.0.0.9", "127.0.0.1"), 0));
        try {
            assertThat(both.addresses()).containsExactly("127.0.0.1", "127.0.0.9");
            both.start(service(Limits.NONE, ThreadKind.AUTO, Patience.USUAL));
            for (var address : both.addresses()) {
                try (var client = new Client(Client.socket(address, both.port()))) {
                    assertThat(client.line()).startsWith("hello");
                }
            }
        } finally {
            both.close(GRACE);
        }
    }

    /** Waits by connecting until the system refuses: then the port is free. */
    private void awaitPortFree() {
        while (true) {
            try {
                Client.to(listener.port()).close();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void awaitNoConnections() {
        while (listener.connections() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
