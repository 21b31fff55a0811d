package org.merpati.core.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.merpati.core.jmap.JmapHouse.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.core.api.door.FailureKind;
import org.merpati.lib.jmap.RequestException;

/** RFC 8620 §2, §3.6: what is announced as a limit is one; and a store that fails fails a call alone. */
class LimitsTest {
    private final JmapHouse house = JmapHouse.HOUSE;

    @BeforeEach
    void noMail() {
        house.empty();
    }

    private String limit(InputStream body) {
        var refused = catchThrowableOfType(
                RequestException.class, () -> house.api().run(body, house.caller(), JmapHouse.BASE));
        return refused.error().toJson().get("limit").textValue();
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"10000001, maxSizeRequest", "9999999, maxSizeRequest"})
    void tenMegabytesOfAnythingAreBounded(int size, String limit) {
        var start = "{\"using\":[],\"methodCalls\":[[\"Core/echo\",{\"x\":[0";
        assertThat(limit(body(start + ",0".repeat((size - start.length() - 8) / 2) + "]},\"c\"]]}")))
                .isEqualTo(limit);
    }

    /** Its answer is too large for the heap. */
    @Test
    void aStringOfAlmostTenMegabytesIsEchoed() {
        var answer = house.run("['Core/echo',{'x':'" + "y".repeat(9_900_000) + "'},'c']");
        assertThat(answer.at("/0/1/x").textValue()).hasSize(9_900_000);
        assertThat(house.spool.open.get()).isZero();
    }

    /** 16 calls of 500 objects: each answer a page at a time, what does not fit on the heap in the spool. */
    @Test
    void sixteenCallsOfHundredsOfObjectsAreAnswered() {
        var ids = IntStream.range(0, 300)
                .mapToObj(i -> "'" + house.mail(message("Mail " + i)) + "'")
                .toList();
        var call = "['Email/get',{'accountId':'$','ids':[" + String.join(",", ids) + "]},'c']";
        var answers = house.run(IntStream.range(0, 16).mapToObj(i -> call).collect(Collectors.joining(",")));
        assertThat(answers).hasSize(16);
        for (var answer : answers) {
            assertThat(answer.at("/1/list")).hasSize(300);
        }
        assertThat(house.spool.open.get()).isZero();
    }

    @Test
    void aSpoolWithoutRoomFailsTheCallThatNeedsIt() {
        house.mail("Subject: Long\n\n" + "0123456789abcde\n".repeat(40_000));
        house.spool.full = true;
        var answers = house.run("['Email/query',{'accountId':'$'},'q'],"
                + "['Email/get',{'accountId':'$','#ids':{'resultOf':'q','name':'Email/query','path':'/ids'},"
                + "'properties':['bodyValues'],'fetchAllBodyValues':true},'g'],['Core/echo',{},'e']");
        assertThat(answers.at("/1/1/type").textValue()).isEqualTo("serverUnavailable");
        assertThat(answers.at("/2/0").textValue()).isEqualTo("Core/echo");
    }

    @ParameterizedTest
    @CsvSource({
        "BUG, serverFail",
        "NO_CONNECTION, serverUnavailable",
        "UNAVAILABLE, serverUnavailable",
        "UNKNOWN_OUTCOME, serverPartialFail"
    })
    void aStoreThatFailsIsAnErrorOfTheCallAlone(FailureKind kind, String type) {
        house.failWith(kind);
        try {
            var answers = house.run("['Email/set',{'accountId':'$','destroy':['eb']},'a'],['Core/echo',{},'b']");
            assertThat(answers.at("/0/1/type").textValue()).isEqualTo(type);
            assertThat(answers.at("/1/0").textValue()).isEqualTo("Core/echo");
        } finally {
            house.recover();
        }
    }

    @Test
    void anAccountsRequestsAtOnceAreLimited() throws Exception {
        var release = new CountDownLatch(1);
        var waiting = new CountDownLatch(Limits.CONCURRENT_REQUESTS);
        var threads = IntStream.range(0, Limits.CONCURRENT_REQUESTS)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        house.api()
                                .run(new Held(waiting, release), house.caller(), JmapHouse.BASE)
                                .close();
                    } catch (IOException | RequestException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        waiting.await();
        assertThat(limit(body("{}"))).isEqualTo("maxConcurrentRequests");
        release.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(house.run("['Core/echo',{},'c']").at("/0/0").textValue()).isEqualTo("Core/echo");
    }

    @Test
    void anUploadHasALimit() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return length;
            }
        };
        var refused = catchThrowableOfType(
                RequestException.class,
                () -> house.api().upload(house.caller(), house.ana(), "text/plain", -1, endless));
        assertThat(refused.error().toJson().get("limit").textValue()).isEqualTo("maxSizeUpload");
        assertThat(refused.error().status()).isEqualTo(413);
        assertThat(house.spool.open.get()).isZero();
    }

    /** A body whose client takes its time. */
    private static final class Held extends InputStream {
        private final InputStream body = body("{\"using\":[],\"methodCalls\":[]}");
        private final CountDownLatch waiting;
        private final CountDownLatch release;
        private boolean started;

        Held(CountDownLatch waiting, CountDownLatch release) {
            this.waiting = waiting;
            this.release = release;
        }

        @Override
        public int read() throws IOException {
            if (!started) {
                started = true;
                waiting.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return body.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int octet = length == 0 ? -1 : read();
            if (octet >= 0) {
                into[offset] = (byte) octet;
            }
            return octet < 0 ? -1 : 1;
        }
    }
}
