package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A push service and the device behind it, over HTTPS on loopback: keeps what comes, decrypted, and answers as it is told. */
final class PushReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A push that came. */
    record Push(JsonNode json, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpsServer server;
    private final Path certificate;
    private final KeyPair device;
    private final byte[] auth = "sixteen octets!!".getBytes(StandardCharsets.US_ASCII);
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
    private volatile int status = 201;

    PushReceiver(Path folder) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        device = generator.generateKeyPair();
        var store = keys(folder.resolve("receiver.p12"));
        certificate = folder.resolve("receiver.pem");
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(store.getCertificate("receiver").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::take);
        server.start();
    }

    private static KeyStore keys(Path file) throws Exception {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            var text = headers.containsKey("Content-encoding") ? decrypt(body) : body;
            headers.put("Content-Encoding", headers.getOrDefault("Content-encoding", ""));
            headers.put("Content-Type", headers.getOrDefault("Content-type", ""));
            exchange.getResponseHeaders().add("Retry-After", "300");
            exchange.getResponseHeaders().add("Location", url() + "elsewhere");
            exchange.sendResponseHeaders(status, -1);
            pushes.add(new Push(JSON.readTree(text), headers));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** RFC 8291 §3.4 and RFC 8188 §2, as the user agent does it. */
    private byte[] decrypt(byte[] body) throws GeneralSecurityException {
        var in = ByteBuffer.wrap(body);
        var salt = new byte[16];
        in.get(salt);
        in.getInt(); // the record's size
        var sender = new byte[in.get()];
        in.get(sender);
        var spec = ((ECPublicKey) device.getPublic()).getParams();
        var point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(sender, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(sender, 33, 65)));
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(device.getPrivate());
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec)), true);
        var input =
                hmac(hmac(auth, agreement.generateSecret()), text("WebPush: info\0"), point(), sender, new byte[] {1});
        var secret = hmac(salt, input);
        var key = hmac(secret, text("Content-Encoding: aes128gcm\0"), new byte[] {1});
        var nonce = hmac(secret, text("Content-Encoding: nonce\0"), new byte[] {1});
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, 0, 16, "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(nonce, 12)));
        var padded = cipher.doFinal(body, in.position(), in.remaining());
        if (padded[padded.length - 1] != 2) {
            throw new GeneralSecurityException("no end of the last record");
        }
        return Arrays.copyOf(padded, padded.length - 1);
    }

    private static byte[] hmac(byte[] key, byte[]... pieces) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (var piece : pieces) {
            mac.update(piece);
        }
        return mac.doFinal();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] point() {
        var w = ((ECPublicKey) device.getPublic()).getW();
        var point = ByteBuffer.allocate(65).put((byte) 4);
        for (var number : List.of(w.getAffineX(), w.getAffineY())) {
            var octets = number.toByteArray();
            int length = Math.min(32, octets.length);
            point.put(new byte[32 - length]).put(octets, octets.length - length, length);
        }
        return point.array();
    }

    String publicKey() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(point());
    }

    String auth() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(auth);
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort() + "/push/";
    }

    Path certificate() {
        return certificate;
    }

    void answer(int code) {
        status = code;
    }

    Push next() throws InterruptedException {
        var push = pushes.poll(20, TimeUnit.SECONDS);
        if (push == null) {
            throw new AssertionError("no push came");
        }
        return push;
    }

    int waiting() {
        return pushes.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
