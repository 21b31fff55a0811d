package org.merpati.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.jmap.JmapApi;
import org.merpati.core.jmap.Limits;
import org.merpati.core.store.LocalWatchers;
import org.merpati.web.MemorySpooled;

/** What becomes of clients that say nothing, take nothing, or never come, and of what is too much. */
@Timeout(20)
class WebSocketConnectionTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final List<Runnable> later = new ArrayList<>();
    private volatile Instant now = START;
    private boolean direct = true;

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, with) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }

    private WebSocketConnection connection() {
        var platform = new Platform(
                Config.from(Map.of(), "test", Map.of(), new Properties()),
                none(BlobStore.class),
                MemorySpooled::new,
                none(Directory.class),
                new LocalWatchers(),
                () -> now);
        var api = new JmapApi(none(Door.class), platform);
        var caller = new WebSocketConnection.Caller(
                api, new Principal.Administrator("admin"), URI.create("https://mail.example.org"));
        return new WebSocketConnection(caller, platform, this::run, () -> done.add("ended"));
    }

    private void run(Runnable task) {
        if (direct) {
            task.run();
        } else {
            later.add(task);
        }
    }

    /** Notes what the server does. */
    private class Client implements WebSockets.Wire {
        @Override
        public void send(byte[] utf8, boolean first, boolean last) throws IOException {
            done.add(new String(utf8, StandardCharsets.UTF_8));
        }

        @Override
        public void ping() {
            done.add("ping");
        }

        @Override
        public void close(int code, String reason) {
            done.add("close " + code);
        }

        @Override
        public void cut() {
            done.add("cut");
        }
    }

    private void tick(WebSocketConnection connection, Duration time) {
        now = now.plus(time);
        connection.tick(now);
    }

    @Test
    void aClientThatNeverComesFreesItsPlace() {
        var connection = connection();
        tick(connection, WebSocketConnection.PATIENCE.minusMillis(1));
        assertThat(done).isEmpty();
        tick(connection, Duration.ofMillis(1));
        assertThat(done).containsExactly("ended");
    }

    @Test
    void aSilentClientIsPingedAndThenCut() {
        var connection = connection();
        connection.opened(new Client());
        tick(connection, WebSocketConnection.SILENCE);
        tick(connection, WebSocketConnection.SILENCE);
        assertThat(done).containsExactly("ping", "ping");
        tick(connection, WebSocketConnection.SILENCE);
        assertThat(done).containsExactly("ping", "ping", "cut", "ended");
    }

    @Test
    void aPongKeepsItOpenAsLongAsMayBe() {
        var connection = connection();
        connection.opened(new Client());
        while (now.isBefore(START.plus(WebSocketConnection.LIFETIME).minus(WebSocketConnection.SILENCE))) {
            tick(connection, WebSocketConnection.SILENCE);
            connection.pong();
        }
        assertThat(done).containsOnly("ping");
        done.clear();
        tick(connection, WebSocketConnection.SILENCE);
        assertThat(done).containsExactly("close 1001");
        tick(connection, WebSocketConnection.GOODBYE);
        assertThat(done).containsExactly("close 1001", "cut", "ended");
    }

    @Test
    void aClientThatTakesNothingIsCut() throws Exception {
        var blocked = new CountDownLatch(1);
        var cut = new CountDownLatch(1);
        var connection = connection();
        connection.opened(new Client() {
            @Override
            public void send(byte[] utf8, boolean first, boolean last) throws IOException {
                blocked.countDown();
                try {
                    cut.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("closed");
            }

            @Override
            public void cut() {
                cut.countDown();
            }
        });
        var answering = Thread.ofVirtual().start(() -> connection.text("no JSON", true));
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
        tick(connection, WebSocketConnection.PATIENCE.minusMillis(1));
        assertThat(cut.getCount()).isEqualTo(1);
        tick(connection, Duration.ofMillis(1));
        assertThat(cut.getCount()).isZero();
        answering.join();
        assertThat(done).contains("ended");
    }

    @Test
    void moreThanTheLargestRequestIsNotKept() {
        var connection = connection();
        connection.opened(new Client());
        connection.text("x".repeat((int) Limits.SIZE_REQUEST), false);
        assertThat(done).isEmpty();
        connection.text("x", false);
        assertThat(done).hasSize(2);
        assertThat(done.poll()).contains("maxSizeRequest");
        assertThat(done.poll()).isEqualTo("close 1009");
        connection.text("x".repeat((int) Limits.SIZE_REQUEST), true);
        assertThat(done).isEmpty();
    }

    @Test
    void requestsThatNobodyAnswersAreNotKeptWithoutEnd() {
        direct = false;
        var connection = connection();
        connection.opened(new Client());
        for (int i = 0; i < Inbox.MOST; i++) {
            connection.text("{}", true);
        }
        assertThat(later).hasSize(1); // the one that answers
        connection.text("{}", true);
        assertThat(later).hasSize(2);
        later.get(1).run();
        assertThat(done).containsExactly("close 1008");
    }

    @Test
    void aCharacterThatComesInTwoHalvesIsOne() {
        var connection = connection();
        connection.opened(new Client());
        connection.text("{\"@type\":\"Request\",\"id\":\"\ud83d", false);
        connection.text("\ude00\"}", true);
        assertThat(done.poll()).contains("\"requestId\":\"\\uD83D\\uDE00\"");
    }

    @Test
    void whoseCredentialsAreOutdatedIsToldSo() {
        var connection = connection();
        connection.opened(new Client());
        connection.signOut();
        assertThat(done).containsExactly("close 1008");
        connection.signOut();
        connection.end();
        assertThat(done).containsExactly("close 1008");
    }

    @Test
    void binaryMessagesEndIt() {
        var connection = connection();
        connection.opened(new Client());
        connection.binary();
        assertThat(done).containsExactly("close 1003");
    }
}
