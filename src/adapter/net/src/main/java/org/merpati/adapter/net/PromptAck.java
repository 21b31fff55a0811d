package org.merpati.adapter.net;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.util.Optional;

/**
 * Has the kernel acknowledge what came at once. A client that writes a message and the end of its line one after the other
 * (Python's imaplib does) keeps the second back until the first is acknowledged (Nagle, RFC 9293 §3.7.4), and a kernel that
 * expects an answer to acknowledge with waits 40 ms for one (RFC 9293 §3.8.6.3): each such message took that long.
 */
final class PromptAck {
    /** Linux has it; named, as the module that declares it is not seen by every container's applications. */
    private static final Optional<SocketOption<Boolean>> OPTION = find();

    private PromptAck() {}

    private static Optional<SocketOption<Boolean>> find() {
        try (var socket = new Socket()) {
            return socket.supportedOptions().stream()
                    .filter(option -> option.name().equals("TCP_QUICKACK") && option.type() == Boolean.class)
                    .map(PromptAck::ofBoolean)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // it only saves time
        }
    }

    @SuppressWarnings("unchecked")
    private static SocketOption<Boolean> ofBoolean(SocketOption<?> option) {
        return (SocketOption<Boolean>) option;
    }

    /** For what has come; the kernel may wait again with what comes later. */
    static void send(Socket socket) throws IOException {
        if (OPTION.isPresent()) {
            socket.setOption(OPTION.get(), true);
        }
    }
}
