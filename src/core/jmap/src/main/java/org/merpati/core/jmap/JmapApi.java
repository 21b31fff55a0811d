package org.merpati.core.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.jmap.mail.MailCapability;
import org.merpati.core.store.Emails;
import org.merpati.lib.jmap.Invocation;
import org.merpati.lib.jmap.JmapRequest;
import org.merpati.lib.jmap.JmapResponse;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;
import org.merpati.lib.jmap.RequestError;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.RequestReader;
import org.merpati.lib.jmap.ResultReferences;

/** JMAP behind whatever serves HTTP. Safe for any number of threads; keeps nothing between requests but counters. */
public final class JmapApi {
    private record Registered(String capability, JmapMethod method) {}

    private final Door door;
    private final Optional<ConcurrentRequests> limit;
    private final RequestReader reader = new RequestReader(Limits.request());
    private final List<JmapCapability> capabilities;
    private final Map<String, Registered> methods = new HashMap<>();

    /** @param limited whether an account's requests at once are limited ({@code limits.enabled}) */
    public JmapApi(Door door, boolean limited) {
        this(door, limited, List.of(new CoreCapability(), new MailCapability()));
    }

    JmapApi(Door door, boolean limited, List<JmapCapability> capabilities) {
        this.door = door;
        this.limit = limited ? Optional.of(new ConcurrentRequests(Limits.CONCURRENT_REQUESTS)) : Optional.empty();
        this.capabilities = List.copyOf(capabilities);
        for (var capability : capabilities) {
            for (var method : capability.methods()) {
                if (methods.put(method.name(), new Registered(capability.uri(), method)) != null) {
                    throw new IllegalArgumentException("two capabilities have " + method.name());
                }
            }
        }
    }

    public JmapSession session(Principal caller, URI base) {
        return JmapSession.of(caller, base, capabilities);
    }

    /**
     * Reads a request and runs its calls in order (RFC 8620 §3.10).
     *
     * @param base as the caller's session has it: the session state depends on it
     * @throws RequestException when the request is refused as a whole; nothing was run
     * @throws IOException when the body can't be read to its end
     */
    public JmapResponse run(InputStream body, Principal caller, URI base) throws IOException, RequestException {
        if (limit.isPresent() && !limit.get().enter(caller.name())) {
            throw new RequestException(new RequestError.Limit(
                    "maxConcurrentRequests", "Too many requests of this account are being answered; try again."));
        }
        try {
            return run(reader.read(body), caller, base);
        } finally {
            limit.ifPresent(entered -> entered.leave(caller.name()));
        }
    }

    /** The email whose whole message that blob is, if it is in the caller's account. */
    public Optional<Emails.Email> message(Principal caller, String accountId, String blobId) {
        var account = Call.account(caller, accountId);
        var number = IdKind.BLOB.parse(blobId);
        if (account.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        var id = new EmailId(number.getAsLong());
        return door.call(services -> services.get(Emails.class).get(account.get(), List.of(id))).orThrow().stream()
                .findFirst();
    }

    private JmapResponse run(JmapRequest request, Principal caller, URI base) throws RequestException {
        for (var used : request.using()) {
            if (capabilities.stream().noneMatch(known -> known.uri().equals(used))) {
                throw new RequestException(new RequestError.UnknownCapability(used));
            }
        }
        var using = new HashSet<>(request.using());
        var call = new Call(caller, door);
        var references = new ResultReferences();
        var responses = new ArrayList<Invocation>();
        for (var wanted : request.methodCalls()) {
            var registered = Optional.ofNullable(methods.get(wanted.name()))
                    .filter(method -> using.contains(method.capability()));
            responses.add(run(wanted, registered, references, responses, call));
        }
        return new JmapResponse(
                responses,
                request.createdIds().map(LinkedHashMap::new),
                session(caller, base).state());
    }

    private static Invocation run(
            Invocation wanted,
            Optional<Registered> registered,
            ResultReferences references,
            List<Invocation> earlier,
            Call call) {
        if (registered.isEmpty()) {
            return Invocation.error(new MethodError.UnknownMethod(), wanted.callId());
        }
        try {
            var arguments = references.resolve(wanted.arguments(), earlier);
            return new Invocation(wanted.name(), registered.get().method().call(arguments, call), wanted.callId());
        } catch (MethodException e) {
            return Invocation.error(e.error(), wanted.callId());
        } catch (NotDone e) {
            return Invocation.error(failure(e), wanted.callId());
        }
    }

    /** All methods read only so far, so that an unknown outcome is one to try again. */
    private static MethodError failure(NotDone failure) {
        return failure.kind() == FailureKind.BUG
                ? new MethodError.ServerFail("failure " + failure.id() + " in the server's log")
                : new MethodError.ServerUnavailable();
    }
}
