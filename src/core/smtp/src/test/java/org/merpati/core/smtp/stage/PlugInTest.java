package org.merpati.core.smtp.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpStages;
import org.merpati.core.api.stage.SmtpTransaction;
import org.merpati.core.api.stage.Verdict;

class PlugInTest {
    private static final Verdict NO_ANSWER = Verdict.refuse(451, "4.7.1", "A check did not answer, try again later");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<SmtpStage> beans = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private boolean open = true;

    private final class OpenDoor implements Door, Services {
        @Override
        public <T> Outcome<T> call(Unit<T> unit) {
            if (!open) {
                return new Outcome.Unavailable<>();
            }
            calls.incrementAndGet();
            try {
                return new Outcome.Done<>(unit.run(this));
            } catch (Exception e) {
                return new Outcome.Failed<>(FailureKind.BUG, "f1");
            }
        }

        @Override
        public <S> S get(Class<S> service) {
            SmtpStages found = () -> List.copyOf(beans);
            return service.cast(found);
        }
    }

    private Stages stages(Duration deadline, int threads) {
        var plugIns = new PlugIns(new OpenDoor(), new PlugInThreads(deadline, threads));
        return new Stages(List.of(), plugIns::all);
    }

    @Test
    void aPlugInIsAskedBehindTheDoorOnAThreadOfItsOwn() {
        var thread = new CompletableFuture<Thread>();
        beans.add(new SmtpStage() {
            @Override
            public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
                thread.complete(Thread.currentThread());
                return AddressVerdict.replace("new" + request.recipient());
            }
        });

        assertThat(stages(LONG, 4).rcpt(Sessions.USUAL, Sessions.rcpt("", "a@b.c")))
                .isEqualTo(AddressVerdict.replace("newa@b.c"));
        assertThat(thread.join()).isNotSameAs(Thread.currentThread());
        assertThat(thread.join().isDaemon()).isTrue();
        assertThat(calls).hasValue(2); // which there are, and the question
    }

    @Test
    void withoutPlugInsTheDoorIsAskedOnce() {
        var stages = stages(LONG, 4);

        for (int i = 0; i < 3; i++) {
            assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void oneThatThrowsOrGivesNullRefusesForNowAndTheNextMessageIsAnother() {
        beans.add(new SmtpStage() {
            @Override
            @SuppressWarnings("NullAway") // what a plug-in may do although it must not
            public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
                return switch (request.sender()) {
                    case "throw@b.c" -> throw new IllegalStateException("secret");
                    case "error@b.c" -> throw new StackOverflowError();
                    case "null@b.c" -> null;
                    default -> Verdict.proceed();
                };
            }
        });
        var stages = stages(LONG, 1);

        for (var sender : List.of("throw@b.c", "null@b.c", "error@b.c")) {
            assertThat(stages.mail(Sessions.USUAL, Sessions.mail(sender)))
                    .as(sender)
                    .isEqualTo(NO_ANSWER);
        }
        assertThat(stages.mail(Sessions.USUAL, Sessions.mail("a@b.c"))).isEqualTo(Verdict.proceed());
    }

    @Test
    void oneThatIsNotInTimeRefusesForNowAndIsNotInterrupted() throws Exception {
        var release = new CountDownLatch(1);
        var ended = new CompletableFuture<Boolean>();
        beans.add(new SmtpStage() {
            @Override
            public Verdict ehlo(SmtpSessionView session) {
                await(release);
                ended.complete(Thread.currentThread().isInterrupted());
                return Verdict.proceed();
            }
        });

        assertThat(stages(SHORT, 1).ehlo(Sessions.USUAL)).isEqualTo(NO_ANSWER);
        release.countDown();
        assertThat(ended.get()).isFalse();
    }

    @Test
    void atConnectThatIsAClose() {
        beans.add(new SmtpStage() {
            @Override
            public Verdict connect(SmtpSessionView session) {
                throw new IllegalStateException("broken");
            }
        });

        assertThat(stages(LONG, 1).connect(Sessions.USUAL))
                .isEqualTo(Verdict.close("A check did not answer, try again later"));
    }

    @Test
    void whenAllThreadsHangEverybodyIsRefusedUntilOneComesBack() throws Exception {
        var release = new CountDownLatch(1);
        var back = new CountDownLatch(2);
        beans.add(new SmtpStage() {
            @Override
            public Verdict ehlo(SmtpSessionView session) {
                await(release);
                back.countDown();
                return Verdict.proceed();
            }
        });
        var threads = new PlugInThreads(SHORT, 2);
        var stages = new Stages(List.of(), new PlugIns(new OpenDoor(), threads)::all);
        stages.ehlo(Sessions.USUAL);
        stages.ehlo(Sessions.USUAL);
        int before = calls.get();

        assertThat(stages.auth(Sessions.USUAL)).isEqualTo(NO_ANSWER);
        assertThat(calls).as("the door was left alone").hasValue(before);

        release.countDown();
        back.await();
        Verdict verdict = NO_ANSWER;
        while (verdict.equals(NO_ANSWER)) { // a deadline at a time, until a thread has come back
            verdict = stages.auth(Sessions.USUAL);
        }
        assertThat(verdict).isEqualTo(Verdict.proceed());
    }

    @Test
    void whoIsLateReadsNothingOfTheMessage() throws Exception {
        var stream = new CompletableFuture<InputStream>();
        var content = new CompletableFuture<Content>();
        beans.add(new SmtpStage() {
            @Override
            public Verdict message(SmtpSessionView session, SmtpTransaction transaction, Content message) {
                try {
                    var in = message.open();
                    assertThat((char) in.read()).isEqualTo('h');
                    stream.complete(in);
                    content.complete(message);
                } catch (IOException e) {
                    stream.completeExceptionally(e);
                }
                return Verdict.refuse(550, "5.6.0", "size " + message.size());
            }
        });
        var transaction = new SmtpTransaction(Sessions.mail("a@b.c"), List.of("d@e.f"));
        var hello = Content.of("hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(stages(LONG, 1).message(Sessions.USUAL, transaction, hello))
                .isEqualTo(Verdict.refuse(550, "5.6.0", "size 5"));
        assertThatThrownBy(() -> stream.join().read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> stream.join().read(new byte[5])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> content.join().open()).isInstanceOf(IOException.class);
    }

    @Test
    void whileTheDoorIsShutNobodyIsServed() {
        var stages = stages(LONG, 1);
        open = false;
        assertThat(stages.connect(Sessions.USUAL)).isInstanceOf(Verdict.Close.class);
        open = true;
        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
