package org.merpati.check.powercut;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.merpati.check.powercut.Verification.Expected;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.directory.PasswordHash;

/** Workers side by side, each with an account of its own, and what is known of how far each has come. */
final class Crew {
    static final int SIZE = 4;
    private static final String DOMAIN = "powercut.example";

    /** Hears of every worker's operations. */
    interface Ledger {
        void begun(int worker, int number);

        void answered(int worker, int number);
    }

    private final long seed;
    private final boolean moves;
    private final List<Integer> from;
    private final AtomicIntegerArray begun = new AtomicIntegerArray(SIZE);
    private final AtomicIntegerArray answered = new AtomicIntegerArray(SIZE);
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stop;

    /** @param from how many operations each worker's account holds already */
    Crew(long seed, boolean moves, List<Integer> from) {
        this.seed = seed;
        this.moves = moves;
        this.from = from;
        for (int i = 0; i < SIZE; i++) {
            begun.set(i, from.get(i));
            answered.set(i, from.get(i));
        }
    }

    static List<Integer> fresh() {
        return IntStream.range(0, SIZE).mapToObj(worker -> 0).toList();
    }

    private static String address(int worker) {
        return "worker" + worker + "@" + DOMAIN;
    }

    private long seed(int worker) {
        return seed * 31 + worker;
    }

    /** To be called before the cut. */
    int[] answeredNow() {
        return IntStream.range(0, SIZE).map(answered::get).toArray();
    }

    /** Whether operations have begun since this crew came. */
    boolean isAtWork() {
        return IntStream.range(0, SIZE).anyMatch(worker -> begun.get(worker) > from.get(worker));
    }

    List<Expected> expected(int[] answeredBefore) {
        return IntStream.range(0, SIZE)
                .mapToObj(worker ->
                        new Expected(address(worker), seed(worker), answeredBefore[worker], begun.get(worker)))
                .toList();
    }

    List<Expected> expected(List<Integer> answeredBefore, List<Integer> begunBefore) {
        return IntStream.range(0, SIZE)
                .mapToObj(worker -> new Expected(
                        address(worker), seed(worker), answeredBefore.get(worker), begunBefore.get(worker)))
                .toList();
    }

    void stop() {
        stop = true;
    }

    /** Works until {@link #stop}; throws what a worker has thrown. */
    void work(Home home, Ledger ledger) throws Exception {
        home.call(services -> services.get(Domains.class).add(DOMAIN));
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < SIZE; i++) {
            int worker = i;
            var account = account(home, address(worker));
            threads.add(Thread.ofPlatform().name("worker " + worker).start(() -> {
                try {
                    one(home, worker, account, ledger);
                } catch (IOException | RuntimeException e) {
                    failures.add(e);
                    stop = true;
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        var thrown = failures.poll();
        if (thrown != null) {
            throw thrown;
        }
    }

    private void one(Home home, int worker, AccountId account, Ledger ledger) throws IOException {
        var model = new Model(seed(worker), moves);
        while (model.done() < from.get(worker)) {
            model.apply(model.next());
        }
        var hands = new Worker(home, account, seed(worker), model);
        while (!stop) {
            hands.step(new Worker.Ledger() {
                @Override
                public void begun(int number) {
                    begun.set(worker, number);
                    ledger.begun(worker, number);
                }

                @Override
                public void answered(int number) {
                    answered.set(worker, number);
                    ledger.answered(worker, number);
                }
            });
        }
    }

    private static AccountId account(Home home, String text) {
        var address = EmailAddress.parse(text).orElseThrow();
        var hash = new PasswordHash("$none", "none", "none");
        var added = home.call(services -> services.get(Accounts.class).add(address, "", hash));
        if (added instanceof Accounts.Addition.Added made) {
            return made.account().id();
        }
        return home.call(services -> services.get(Accounts.class).list(DOMAIN, "", 100)).stream()
                .filter(account -> account.address().equals(address))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
