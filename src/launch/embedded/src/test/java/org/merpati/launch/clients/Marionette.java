package org.merpati.launch.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Mozilla's remote control: runs scripts within the program, with all that the program itself may do. */
final class Marionette implements AutoCloseable {
    private static final int SCRIPT_MILLIS = 60_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Socket socket;
    private final InputStream in;
    private int sent;

    Marionette(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(SCRIPT_MILLIS + 30_000);
        in = new BufferedInputStream(socket.getInputStream());
        read(); // the greeting
        command("WebDriver:NewSession", Map.of());
        command("Marionette:SetContext", Map.of("value", "chrome"));
        command("WebDriver:SetTimeouts", Map.of("script", SCRIPT_MILLIS));
    }

    /**
     * What an asynchronous function returns.
     *
     * @param body the function's; it finds the arguments as {@code given}
     */
    JsonNode run(String body, Object... arguments) throws IOException {
        var script = "const given = [...arguments];\nconst answer = given.pop();\n(async () => {\n" + body
                + "\n})().then((value) => answer({ value: value ?? null }),"
                + " (failure) => answer({ failure: failure + \"\\n\" + failure?.stack }));";
        var answer = command(
                        "WebDriver:ExecuteAsyncScript",
                        Map.of("script", script, "args", List.of(arguments), "sandbox", "system"))
                .path("value");
        if (answer.has("failure")) {
            throw new IOException(answer.path("failure").asText());
        }
        return answer.path("value");
    }

    /** Asks the program to end; it closes the connection on its way. */
    void quit() throws IOException {
        command("Marionette:Quit", Map.of("flags", List.of("eForceQuit")));
    }

    private JsonNode command(String name, Map<String, ?> parameters) throws IOException {
        var message = JSON.writeValueAsBytes(List.of(0, ++sent, name, parameters));
        socket.getOutputStream().write((message.length + ":").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(message);
        var answer = read();
        if (!answer.path(2).isNull()) {
            throw new IOException(name + " failed: " + answer.path(2));
        }
        return answer.path(3);
    }

    private JsonNode read() throws IOException {
        int length = 0;
        for (int octet = in.read(); octet != ':'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the program has closed the connection");
            }
            length = length * 10 + Character.digit(octet, 10);
        }
        return JSON.readTree(in.readNBytes(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
