package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sessions on one mailbox that do anything at random. Each has a client that keeps a model of the mailbox from what it is told
 * alone and finds a response that contradicts it; when all is quiet every model is what a new session sees.
 */
final class RandomSessionsTest {
    private final RealHouse house = RealHouse.HOUSE.empty();
    private final List<ModelClient> clients = new ArrayList<>();

    private final List<StatusClient> waiting = new ArrayList<>();

    private void connect(String... features) {
        for (var feature : features) {
            clients.add(new ModelClient(house, "c" + clients.size(), feature));
        }
        clients.forEach(ModelClient::select);
        waiting.add(new StatusClient(house, true));
        waiting.add(new StatusClient(house, false));
    }

    @AfterEach
    void disconnect() {
        clients.forEach(ModelClient::close);
        waiting.forEach(StatusClient::close);
    }

    /** When nobody does anything: what each was told is what there is. */
    private void compare(String when) {
        var truth = new ModelClient(house, "truth", "");
        try {
            truth.examine();
            truth.fetchAll();
            for (var client : clients) {
                client.noop();
                client.fetchUnknown();
                assertThat(client.messages())
                        .as(() -> when + "\n" + client.transcript())
                        .isEqualTo(truth.messages());
                assertThat(client.found())
                        .as(() -> when + "\n" + client.transcript())
                        .isEqualTo(truth.unflagged());
            }
        } finally {
            truth.close();
        }
        for (var client : waiting) {
            assertThat(client.known())
                    .as(() -> when + "\n" + client.transcript())
                    .isEqualTo(client.asked());
        }
    }

    @Test
    void sessionsThatTakeTurnsTellTheSame() {
        for (int seed = 1; seed <= 4; seed++) {
            house.empty();
            clients.clear();
            waiting.clear();
            var random = new Random(seed);
            connect("", "", "QRESYNC", "IMAP4rev2", "NOTIFY");
            for (int round = 0; round < 12; round++) {
                for (int step = 0; step < 15; step++) {
                    clients.get(random.nextInt(clients.size())).doAnything(random);
                }
                compare("seed " + seed + ", round " + round);
            }
            disconnect();
        }
        clients.clear();
        waiting.clear();
    }

    @Test
    void sessionsAtTheSameTimeTellTheSame() throws Exception {
        connect("", "", "QRESYNC", "QRESYNC", "IMAP4rev2", "NOTIFY");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 6; round++) {
                var tasks = new ArrayList<Callable<Void>>();
                for (int i = 0; i < clients.size(); i++) {
                    var client = clients.get(i);
                    var random = new Random(100L * round + i);
                    tasks.add(() -> {
                        for (int step = 0; step < 25; step++) {
                            client.doAnything(random);
                        }
                        return null;
                    });
                }
                for (var done : threads.invokeAll(tasks)) {
                    done.get();
                }
                compare("round " + round);
            }
        }
    }
}
