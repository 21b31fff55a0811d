package org.merpati.check.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that only listens, and notes when it heard something. */
final class Listener {
    private static final String ANY = "";

    private record Told(String what, long at) {}

    private final String name;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private Runnable end = () -> {};

    private Listener(String name) {
        this.name = name;
    }

    /** One of each kind, listening to the first account. */
    static List<Listener> all(ServerUnderTest server) throws IOException, InterruptedException {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var address = "127.0.0.1:" + server.port("http") + "/jmap/";
        return List.of(
                eventSource(http, URI.create("http://" + address + "eventsource/?types=Email&closeafter=no&ping=0")),
                webSocket(http, URI.create("ws://" + address + "ws")),
                imap(server, "IDLE", "i IDLE", "+"),
                imap(server, "NOTIFY", "n NOTIFY SET (SELECTED (MessageNew (UID) MessageExpunge FlagChange))", "n OK"));
    }

    static String authorization() {
        var login = ServerUnderTest.user(1) + ":" + ServerUnderTest.PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static Listener eventSource(HttpClient http, URI uri) throws IOException, InterruptedException {
        var listener = new Listener("EventSource");
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization())
                .build();
        InputStream body = http.send(request, BodyHandlers.ofInputStream()).body();
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        if (!":".equals(lines.readLine())) {
            throw new IOException("no event source");
        }
        listener.follow(lines, "data: ");
        listener.end = () -> close(body);
        return listener;
    }

    private static Listener webSocket(HttpClient http, URI uri) throws InterruptedException {
        var listener = new Listener("WebSocket");
        var socket = http.newWebSocketBuilder()
                .header("Authorization", authorization())
                .subprotocols("jmap")
                .buildAsync(uri, new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            listener.told.add(new Told(text.toString(), System.nanoTime()));
                            text.setLength(0);
                        }
                        return WebSocket.Listener.super.onText(from, "", last);
                    }
                })
                .join();
        socket.sendText("{\"@type\":\"WebSocketPushEnable\",\"dataTypes\":[\"Email\"]}", true)
                .join();
        socket.sendText("{\"@type\":\"Request\",\"using\":[],\"methodCalls\":[]}", true)
                .join();
        listener.next(ANY); // answered, so the push is on
        listener.end = socket::abort;
        return listener;
    }

    private static Listener imap(ServerUnderTest server, String name, String command, String ready) throws IOException {
        var listener = new Listener(name);
        var wire = Wire.imap(server.port("imap"), ServerUnderTest.user(1), ServerUnderTest.PASSWORD);
        wire.command("SELECT INBOX", line -> {});
        wire.send(command + "\r\n");
        for (var line = wire.line(); !line.startsWith(ready); line = wire.line()) {
            if (line.startsWith(command.substring(0, 2))) {
                throw new IOException(line);
            }
        }
        listener.follow(new BufferedReader(new InputStreamReader(wire.in(), StandardCharsets.UTF_8)), "* ");
        listener.end = wire::close;
        return listener;
    }

    private void follow(BufferedReader lines, String prefix) {
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(prefix)) {
                        told.add(new Told(line, System.nanoTime()));
                    }
                }
            } catch (IOException e) {
                // closed at the end
            }
        });
    }

    String name() {
        return name;
    }

    /** When it heard the next: of IMAP, a line with this word. */
    long next(String imapLine) throws InterruptedException {
        while (true) {
            var one = told.poll(30, TimeUnit.SECONDS);
            if (one == null) {
                throw new IllegalStateException(name + " heard nothing for 30 s");
            }
            if (!one.what().startsWith("* ") || one.what().contains(imapLine)) {
                return one.at();
            }
        }
    }

    /** What it has heard before counts for nothing. */
    void forget() {
        told.clear();
    }

    void close() {
        end.run();
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // it is going away
        }
    }
}
