package org.merpati.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.push.StateFeed;
import org.merpati.core.store.LocalWatchers;

/** What becomes of clients that do not read; the container is a fake that has no room. */
class EventStreamTest {
    private static final AccountId ANA = new AccountId(1);

    private final LocalWatchers watchers = new LocalWatchers();
    private final List<String> called = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final EventStream stream;
    private Instant now = Instant.parse("2026-11-22T00:00:00Z");
    private boolean room = true;
    private boolean broken;
    private int state;
    private int asked;

    EventStreamTest() {
        var type = new PushedType() {
            @Override
            public String name() {
                return "Email";
            }

            @Override
            public Set<Change.Kind> kinds() {
                return Set.of(Change.Kind.EMAIL);
            }

            @Override
            public String state(Services services, AccountId account) {
                asked++;
                return Integer.toString(state);
            }
        };
        var services = new Services() {
            @Override
            public <S> S get(Class<S> service) {
                throw new UnsupportedOperationException();
            }
        };
        var door = new Door() {
            @Override
            public <T> Outcome<T> call(Unit<T> unit) {
                return new Outcome.Done<>(unit.run(services));
            }
        };
        var feed = StateFeed.begin(door, watchers, ANA, List.of(type), Optional.empty());
        var wanted = new StreamRequest(Optional.empty(), false, Duration.ZERO, Optional.empty());
        stream = new EventStream(
                async(), new Room(), feed, wanted, () -> now, Runnable::run, () -> {}, () -> called.add("end"));
        stream.begin();
        stream.onWritePossible();
    }

    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (self, method, arguments) -> {
                    called.add(method.getName());
                    return null;
                });
    }

    private final class Room extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return room;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int octet) throws IOException {
            if (broken) {
                throw new IOException("gone");
            }
            written.write(octet);
        }
    }

    private void change() {
        state++;
        watchers.changed(new Change(ANA, new ModSeq(state), Set.of(Change.Kind.EMAIL)));
    }

    @Test
    void whatThereIsNoRoomForIsAddedUp() {
        room = false;
        asked = 0;
        for (int i = 0; i < 1000; i++) {
            change();
        }
        assertThat(asked).isZero();
        room = true;
        stream.onWritePossible();
        assertThat(asked).isEqualTo(1);
        assertThat(written.toString(StandardCharsets.UTF_8).split("event: state", -1))
                .hasSize(2);
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\"Email\":\"1000\"");
    }

    @Test
    void aClientThatDoesNotReadIsCut() {
        room = false;
        change();
        now = now.plus(EventStream.PATIENCE).minusSeconds(1);
        stream.tick(now);
        assertThat(called).doesNotContain("end");
        now = now.plusSeconds(1);
        stream.tick(now);
        assertThat(called).containsSubsequence("complete", "end");
        assertThat(watchers.open()).isZero();
    }

    @Test
    void aClientThatIsGoneIsNoticedByAComment() {
        broken = true;
        now = now.plus(EventStream.SILENCE);
        stream.tick(now);
        assertThat(called).contains("end");
        assertThat(watchers.open()).isZero();
    }

    @Test
    void theEndComesOnce() {
        stream.end();
        stream.end();
        change();
        assertThat(called.stream().filter("end"::equals)).hasSize(1);
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(":\n\n");
    }
}
