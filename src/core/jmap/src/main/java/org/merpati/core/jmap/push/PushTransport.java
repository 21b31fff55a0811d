package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.store.PushSubscriptions.Subscription;
import org.merpati.lib.jmap.json.JsonWriter;
import org.merpati.lib.jmap.webpush.DeviceKeys;
import org.merpati.lib.jmap.webpush.PushEncryption;
import org.merpati.lib.jmap.webpush.Vapid;

/** Posts one message to one subscription (RFC 8030 §5). Follows nobody elsewhere, and reads nothing of the answer. */
final class PushTransport implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Vapid vapid;
    private final InstantSource clock;
    private final boolean allowPrivate;
    private final Executor executor;

    PushTransport(Config config, Vapid vapid, InstantSource clock, Executor executor) {
        this.vapid = vapid;
        this.clock = clock;
        this.executor = executor;
        this.allowPrivate = config.get(Settings.PUSH_ALLOW_PRIVATE);
        var builder = HttpClient.newBuilder()
                .executor(executor)
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER);
        config.get(Settings.PUSH_TRUSTED_CERTIFICATE)
                .map(PushTransport::trusting)
                .ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** What became of a message. */
    sealed interface Outcome {
        record Taken() implements Outcome {}

        /** The subscription is over (RFC 8030 §7.3). */
        record Gone() implements Outcome {}

        /** @param after how long the receiver wants to be left alone, if it says so */
        record Later(Optional<Duration> after) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    /** @param topic of those before it that it stands for (RFC 8030 §5.4); empty for none */
    record Message(ObjectNode json, Duration life, String urgency, Optional<String> topic) {
        @Override
        public String toString() {
            return "Message[" + urgency + "]"; // a code may be in it
        }
    }

    CompletableFuture<Outcome> send(Subscription to, Message message) {
        return CompletableFuture.supplyAsync(() -> URI.create(to.url()), executor)
                .thenCompose(url -> isForbidden(url)
                        ? CompletableFuture.completedFuture(new Outcome.Refused("its address is a private one"))
                        : client.sendAsync(request(url, to, message), HttpResponse.BodyHandlers.discarding())
                                .thenApply(PushTransport::outcome))
                .exceptionally(failure -> new Outcome.Later(Optional.empty()));
    }

    /** The JVM keeps the answer for a while, so that the connection goes where this has looked. */
    private boolean isForbidden(URI url) {
        try {
            return !allowPrivate && !PushAddress.isPublic(url);
        } catch (UnknownHostException e) {
            return false; // nor will the connection find it: tried again later
        }
    }

    private HttpRequest request(URI url, Subscription to, Message message) {
        var keys = to.keys().flatMap(keyed -> DeviceKeys.of(keyed.p256dh(), keyed.auth()));
        var request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("TTL", Long.toString(message.life().toSeconds()))
                .header("Urgency", message.urgency())
                .header("Authorization", vapid.authorization(url, clock.instant()));
        message.topic().ifPresent(topic -> request.header("Topic", topic));
        if (keys.isPresent()) {
            request.header("Content-Encoding", PushEncryption.CODING);
        }
        var octets = JsonWriter.bytes(message.json());
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(
                        keys.map(device -> PushEncryption.encrypt(octets, device))
                                .orElse(octets)))
                .build();
    }

    private static Outcome outcome(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Outcome.Taken();
        }
        return switch (status) {
            case 404, 410 -> new Outcome.Gone();
            case 408, 429 -> new Outcome.Later(retryAfter(response));
            default ->
                status / 100 == 5
                        ? new Outcome.Later(retryAfter(response))
                        : new Outcome.Refused("it was answered with " + status);
        };
    }

    /** In seconds (RFC 9110 §10.2.3); dates are taken for none. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** What Java trusts, and this certificate. */
    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            usual.init((KeyStore) null);
            int number = 0;
            for (var manager : usual.getTrustManagers()) {
                if (manager instanceof X509TrustManager known) {
                    for (var issuer : known.getAcceptedIssuers()) {
                        store.setCertificateEntry("usual-" + number++, issuer);
                    }
                }
            }
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("own-" + number++, certificate);
            }
            var all = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            all.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, all.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("push.trusted-certificate: " + file + " can't be read", e);
        }
    }

    /** What is under way may come to its end. */
    @Override
    public void close() {
        client.shutdown();
    }
}
