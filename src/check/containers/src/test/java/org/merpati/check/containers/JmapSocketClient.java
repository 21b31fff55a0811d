package org.merpati.check.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** JMAP over the JDK's WebSocket. */
final class JmapSocketClient implements WebSocket.Listener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(TrustAll.context()).build();
    private final WebSocket socket;

    private JmapSocketClient(URI https, String path, String user, String password) {
        var login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        socket = client.newWebSocketBuilder()
                .header("Authorization", "Basic " + login)
                .subprotocols("jmap")
                .buildAsync(URI.create("wss://" + https.getAuthority() + path), this)
                .join();
    }

    static JmapSocketClient open(URI https, String user, String password) {
        return new JmapSocketClient(https, "/jmap/ws", user, password);
    }

    /** The status of a handshake that should be refused. */
    static int refused(URI https, String path, String user, String password) {
        try (var socket = new JmapSocketClient(https, path, user, password)) {
            throw new AssertionError(path + " took a WebSocket of protocol " + socket.socket.getSubprotocol());
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                return refusal.getResponse().statusCode();
            }
            throw e;
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        return WebSocket.Listener.super.onText(from, "", last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add(Integer.toString(code));
        return WebSocket.Listener.super.onClose(from, code, reason);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        heard.add("\"" + failure + "\"");
    }

    /** Sends it; a server that closes meanwhile is not the sender's trouble. */
    void send(String message) throws IOException {
        try {
            socket.sendText(message, true).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw e;
            }
        }
    }

    void sendOctets() {
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
    }

    /** The answer to a Core/echo of this text. */
    JsonNode request(String id, String echo) throws IOException {
        send("{\"@type\":\"Request\",\"id\":\"" + id + "\",\"using\":[\"urn:ietf:params:jmap:core\"],\"methodCalls\":"
                + "[[\"Core/echo\",{\"a\":\"" + echo + "\"},\"c\"]]}");
        return next();
    }

    JsonNode next() throws IOException {
        return Web.JSON.readTree(take());
    }

    /** The code. */
    int closed() throws IOException {
        return Integer.parseInt(take());
    }

    private String take() throws IOException {
        try {
            var message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new IOException("nothing came over the WebSocket");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
