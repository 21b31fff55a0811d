package org.merpati.core.jmap.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.jmap.JmapApi;
import org.merpati.lib.jmap.JmapResponse;
import org.merpati.lib.jmap.RequestError;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.ResponseWriter;
import org.merpati.lib.jmap.json.JsonWriter;

/**
 * The JMAP subprotocol of WebSockets (RFC 8887 §4.3), for one connection: requests are answered one after the other, in their
 * order. {@link #message} is called by one thread at a time, and so is {@link #push}; the two may be at work at once.
 */
public final class JmapSocket implements AutoCloseable {
    private static final int MOST_TYPES = 50;

    /** Begins a message to the client, which is sent as it is written; the one before has to be closed. */
    @FunctionalInterface
    public interface Messages {
        OutputStream begin();
    }

    private final JmapApi api;
    private final Principal caller;
    private final URI base;
    private final Messages out;
    private final Runnable wake;
    private volatile @Nullable StateFeed feed;
    private volatile boolean closed;

    /**
     * @param base as the caller's session has it
     * @param wake is called when {@link #push} may have something to say; returns at once
     */
    public JmapSocket(JmapApi api, Principal caller, URI base, Messages out, Runnable wake) {
        this.api = api;
        this.caller = caller;
        this.base = base;
        this.out = out;
        this.wake = wake;
    }

    /**
     * Does what a message asks for, and answers it.
     *
     * @throws IOException when it can't be read, or the answer not written
     * @throws NotDone when it is about push, and the store can't be asked now
     */
    public void message(InputStream body) throws IOException {
        Optional<String> id = Optional.empty();
        try {
            if (!(api.readJson(body) instanceof ObjectNode message)) {
                throw notRequest("The message is no object.");
            }
            id = Optional.ofNullable(message.path("id").textValue());
            switch (message.path("@type").asText()) {
                case "Request" -> answer(message, id);
                case "WebSocketPushEnable" -> enable(message);
                case "WebSocketPushDisable" -> disable();
                default -> throw notRequest("\"@type\" must be Request, WebSocketPushEnable or WebSocketPushDisable.");
            }
        } catch (RequestException e) {
            refuse(e.error(), id);
        }
    }

    /** Says why a request was not taken (RFC 8887 §4.3.4). */
    public void refuse(RequestError why, Optional<String> requestId) throws IOException {
        var json = JsonNodeFactory.instance.objectNode().put("@type", "RequestError");
        json.put("requestId", requestId.orElse(null));
        write(json.setAll(why.toJson()));
    }

    private void answer(ObjectNode request, Optional<String> id) throws IOException, RequestException {
        if (request.hasNonNull("id") && id.isEmpty()) {
            throw notRequest("\"id\" must be a string.");
        }
        try (JmapResponse response = api.run(request, caller, base)) {
            var first = JsonNodeFactory.instance.objectNode().put("@type", "Response");
            id.ifPresent(given -> first.put("requestId", given));
            try (var message = out.begin()) {
                ResponseWriter.write(first, response, message);
            }
        }
    }

    /** RFC 8887 §4.3.5.2. Asked again it begins anew. */
    private void enable(ObjectNode message) throws RequestException {
        var types = types(message.path("dataTypes"));
        var given = message.path("pushState");
        if (!given.isMissingNode() && !given.isNull() && !given.isTextual()) {
            throw notRequest("\"pushState\" must be a string.");
        }
        var since = Optional.ofNullable(given.textValue())
                .map(state -> PushState.parse(state).orElse(PushState.NOTHING));
        disable();
        api.feed(caller, types, since).ifPresent(begun -> {
            feed = begun;
            begun.onChange(wake);
        });
        if (closed) { // meanwhile
            disable();
        }
        wake.run();
    }

    private static Optional<Set<String>> types(JsonNode given) throws RequestException {
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        var types = new HashSet<String>();
        for (var type : given) {
            types.add(type.asText());
        }
        if (!given.isArray() || given.size() > MOST_TYPES) {
            throw notRequest("\"dataTypes\" must be a list of type names, or null.");
        }
        return Optional.of(types);
    }

    private void disable() {
        var begun = feed;
        feed = null;
        if (begun != null) {
            begun.close();
        }
    }

    /**
     * Tells the client what has changed, if it wants to know.
     *
     * @throws NotDone when the store can't be asked now
     */
    public void push() throws IOException {
        var begun = feed;
        if (begun == null) {
            return;
        }
        var change = begun.next();
        if (change.isPresent()) {
            write(change.get().toJson().put("pushState", change.get().all().toString()));
        }
    }

    private void write(JsonNode json) throws IOException {
        try (var message = out.begin()) {
            JsonWriter.write(json, message);
        }
    }

    private static RequestException notRequest(String why) {
        return new RequestException(new RequestError.NotRequest(why));
    }

    @Override
    public void close() {
        closed = true;
        disable();
    }
}
