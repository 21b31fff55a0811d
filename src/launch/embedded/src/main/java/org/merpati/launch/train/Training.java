package org.merpati.launch.train;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.MerpatiServer;

/** Runs a server, and mail through it by each protocol, until what matters has been compiled. */
public final class Training {
    /** Delivery is what a server does most, and what has the longest way to go. */
    private static final Duration DELIVERIES = Duration.ofSeconds(10);

    private static final Duration EACH_OTHER = Duration.ofSeconds(2);

    /** What is learned: the classes that are used, or also which of their code is hot. */
    public enum Scope {
        CLASSES,
        HOT_CODE
    }

    /** One connection, from its greeting on. */
    private interface Conversation {
        void hold(int client) throws IOException;
    }

    private Training() {}

    /**
     * Returns when the server has stopped.
     *
     * @throws IOException also when the server gave a wrong answer
     */
    public static void run(Scope scope) throws IOException, GeneralSecurityException {
        try (var server = MerpatiServer.start(Map.of("auth.allow-plaintext", "true", "limits.enabled", "false"))) {
            addAccounts(server);
            var clients = new Clients(server, OwnTls.context());
            boolean once = scope == Scope.CLASSES;
            var other = once ? Duration.ZERO : EACH_OTHER;
            repeat(10, once ? Duration.ZERO : DELIVERIES, client -> clients.deliver(client, once ? 2 : 50));
            repeat(6, other, client -> clients.deliver(client, 1));
            repeat(2, other, clients::deliverByLmtp);
            repeat(4, other, clients::submit);
            repeat(4, other, clients::read);
            repeat(2, other, clients::idle);
            repeat(4, other, clients::ask);
        }
    }

    /** So many clients at once hold the conversation over and over until the time is up. */
    private static void repeat(int clients, Duration time, Conversation conversation) throws IOException {
        long start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                running.add(threads.submit(() -> {
                    do {
                        conversation.hold(client);
                    } while (System.nanoTime() - start < time.toNanos());
                    return client;
                }));
            }
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a conversation went wrong", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void addAccounts(MerpatiServer server) {
        var password = new Passwords().hash(Secret.of(Clients.PASSWORD));
        server.door()
                .call(services -> services.get(Domains.class).add(Clients.DOMAIN))
                .orThrow();
        for (int i = 0; i < Clients.USERS; i++) {
            var address = EmailAddress.parse(Clients.user(i)).orElseThrow();
            server.door()
                    .call(services -> services.get(Accounts.class).add(address, "", password))
                    .orThrow();
        }
    }
}
