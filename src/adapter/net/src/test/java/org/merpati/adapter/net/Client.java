package org.merpati.adapter.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The other end: lines in and out, reads bounded by 20 seconds. */
final class Client implements AutoCloseable {
    final Socket socket;
    private final BufferedReader in;

    Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    static Client to(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    static Client from(String address, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(literal(address), 0));
        socket.connect(new InetSocketAddress(literal("127.0.0.1"), port), 20_000);
        return new Client(socket);
    }

    /** A socket to an address of this machine. */
    static Socket socket(String address, int port) throws IOException {
        return new Socket(literal(address), port);
    }

    @SuppressWarnings("AddressSelection") // a literal is one address
    private static InetAddress literal(String address) throws IOException {
        return InetAddress.getByName(address);
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The next line; null at the end of the stream. */
    @Nullable
    String line() throws IOException {
        return in.readLine();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
