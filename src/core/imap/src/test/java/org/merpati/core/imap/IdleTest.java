package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.session.Connection;

/** No change is lost around IDLE (RFC 2177), wherever it falls. */
final class IdleTest {
    private final FakeHouse house = new FakeHouse();

    private MemoryConnection selected() {
        var client = new MemoryConnection(house.protocol());
        client.line();
        client.ask("l LOGIN alice@example.org secret");
        assertThat(client.ask("s SELECT INBOX")).startsWith("s OK");
        return client;
    }

    /** The first look has been taken, the session waits for nothing yet, and mail comes. */
    @Test
    void mailThatComesBetweenTheLookAndTheWaitIsToldOf() {
        try (var client = selected()) {
            var looks = new AtomicInteger();
            house.deliver("INBOX", "before");
            house.onChanged = () -> {
                if (looks.incrementAndGet() == 1) {
                    house.deliver("INBOX", "in between");
                }
            };
            client.send("a IDLE\r\n");
            assertThat(client.line()).isEqualTo("+ idling");
            assertThat(client.line()).isEqualTo("* 1 EXISTS");
            assertThat(client.line()).isEqualTo("* 1 RECENT");
            assertThat(client.line()).isEqualTo("* 2 EXISTS");
            assertThat(client.line()).isEqualTo("* 2 RECENT");
        }
    }

    /** DONE comes while a commit's task is reading; its lines stand whole before the tagged reply. */
    @Test
    void doneWaitsForWhoeverIsTelling() throws InterruptedException {
        try (var client = selected()) {
            client.send("a IDLE\r\n");
            assertThat(client.line()).isEqualTo("+ idling");
            var reading = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            house.onChanged = () -> {
                reading.countDown();
                await(goOn);
            };
            house.deliver("INBOX", "one");
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            client.send("DONE\r\nb NOOP\r\n");
            goOn.countDown();
            assertThat(client.line()).isEqualTo("* 1 EXISTS");
            assertThat(client.line()).isEqualTo("* 1 RECENT");
            assertThat(client.line()).isEqualTo("a OK IDLE completed");
            assertThat(client.line()).isEqualTo("b OK NOOP completed");
        }
    }

    @Test
    void nothingIsLostOrSaidTwiceWhenMailComesAtAnyTime() throws InterruptedException {
        try (var client = selected()) {
            int messages = 500;
            var sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < messages; i++) {
                    house.deliver("INBOX", "m");
                }
            });
            int known = 0;
            for (int round = 0; known < messages; round++) {
                client.send("r" + round + " IDLE\r\n");
                var line = client.line();
                boolean done = false;
                while (line != null && !line.startsWith("r" + round)) {
                    if (line.endsWith(" EXISTS")) {
                        int now = Integer.parseInt(line.substring(2, line.length() - " EXISTS".length()));
                        assertThat(now).isGreaterThan(known);
                        known = now;
                    }
                    // wait in IDLE for whatever is still to come: if it were lost, this would wait for ever
                    if (!done && (line.endsWith(" RECENT") || known == messages)) {
                        client.send("DONE\r\n");
                        done = true;
                    }
                    line = client.line();
                }
                assertThat(line).isEqualTo("r" + round + " OK IDLE completed");
            }
            sender.join();
            assertThat(known).isEqualTo(messages);
        }
    }

    @Test
    void aClientThatCannotBeToldIsSentAway() {
        try (var client = selected()) {
            client.send("a IDLE\r\n");
            assertThat(client.line()).isEqualTo("+ idling");
            house.fail(FailureKind.NO_CONNECTION);
            house.deliver("INBOX", "one");
            assertThat(client.line()).isEqualTo("* BYE [UNAVAILABLE] Please come again");
            assertThat(client.line()).isNull();
        }
    }

    /** RFC 5465 §5.8. */
    @Test
    void aClientThatCannotBeToldByNotifyIsToldSoAndStays() {
        try (var client = selected()) {
            assertThat(client.ask("a NOTIFY SET (selected (MessageNew MessageExpunge))"))
                    .startsWith("a OK");
            house.fail(FailureKind.NO_CONNECTION);
            house.deliver("INBOX", "one");
            assertThat(client.line()).startsWith("* OK [NOTIFICATIONOVERFLOW] ");
            house.recover();
            house.deliver("INBOX", "two");
            client.send("b NOOP\r\n");
            assertThat(client.line()).startsWith("b OK");
            client.send("c NOTIFY SET (selected (MessageNew MessageExpunge))\r\n");
            assertThat(client.line()).isEqualTo("* 2 EXISTS");
            assertThat(client.line()).isEqualTo("* 2 RECENT");
            assertThat(client.line()).startsWith("c OK");
        }
    }

    @Test
    void nothingIsLostOrSaidTwiceBetweenCommands() throws InterruptedException {
        try (var client = selected()) {
            int messages = 500;
            assertThat(client.ask("a NOTIFY SET (selected (MessageNew (UID) MessageExpunge))"))
                    .startsWith("a OK");
            var sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < messages; i++) {
                    house.deliver("INBOX", "m");
                }
            });
            int known = 0;
            int fetched = 0;
            for (int number = 0; fetched < messages; number++) {
                if (number % 3 == 0 && known < messages) {
                    client.send("n" + number + (number % 2 == 0 ? " NOOP\r\n" : " UID FETCH 1 FLAGS\r\n"));
                }
                var line = java.util.Objects.requireNonNull(client.line());
                if (line.endsWith(" EXISTS")) {
                    int now = Integer.parseInt(line.substring(2, line.length() - " EXISTS".length()));
                    assertThat(now).isGreaterThan(known);
                    known = now;
                } else if (line.endsWith(")") && !line.contains("FLAGS")) {
                    fetched++;
                    assertThat(line).isEqualTo("* " + fetched + " FETCH (UID " + fetched + ")");
                    assertThat(fetched).isLessThanOrEqualTo(known);
                }
            }
            sender.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private Connection queueing() {
        return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    tasks.add((Runnable) arguments[0]);
                    return null;
                });
    }

    @Test
    void manyChangesMakeOneTaskAndNoneWhileNobodyIdles() {
        var news = new NewsFlag(queueing(), () -> {});
        news.raise();
        assertThat(tasks).isEmpty();
        assertThat(news.take()).isTrue();
        news.idling(true);
        news.raise();
        news.raise();
        news.raise();
        assertThat(tasks).hasSize(1);
        news.begun();
        assertThat(news.take()).isTrue();
        news.raise();
        assertThat(tasks).hasSize(2);
        assertThat(news.take()).isTrue();
        assertThat(news.take()).isFalse();
    }
}
