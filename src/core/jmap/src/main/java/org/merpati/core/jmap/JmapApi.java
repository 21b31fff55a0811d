package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.jmap.blob.BlobCapability;
import org.merpati.core.jmap.blob.Blobs;
import org.merpati.core.jmap.mail.MailCapability;
import org.merpati.core.jmap.mdn.MdnCapability;
import org.merpati.core.jmap.push.PushDelivery;
import org.merpati.core.jmap.push.PushState;
import org.merpati.core.jmap.push.PushSubscriptionGet;
import org.merpati.core.jmap.push.PushSubscriptionSet;
import org.merpati.core.jmap.push.StateFeed;
import org.merpati.core.jmap.push.VapidCapability;
import org.merpati.core.jmap.push.WebSocketCapability;
import org.merpati.core.jmap.quota.QuotaCapability;
import org.merpati.core.jmap.submission.SubmissionCapability;
import org.merpati.core.jmap.vacation.VacationCapability;
import org.merpati.lib.jmap.CapabilityUri;
import org.merpati.lib.jmap.JmapRequest;
import org.merpati.lib.jmap.JmapResponse;
import org.merpati.lib.jmap.RequestError;
import org.merpati.lib.jmap.RequestException;
import org.merpati.lib.jmap.RequestReader;
import org.merpati.lib.mime.Octets;

/** JMAP behind whatever serves HTTP. Safe for any number of threads; keeps nothing between requests but counters. */
public final class JmapApi {
    private record Registered(String capability, JmapMethod method) {}

    private final Door door;
    private final Platform platform;
    private final Optional<ConcurrentRequests> limit;
    private final RequestReader reader = new RequestReader(Limits.request());
    private final List<JmapCapability> capabilities;
    private final Map<String, Registered> methods = new HashMap<>();
    private final PushDelivery pushes;
    private final Blobs blobs;
    private final Uploading uploading;

    public JmapApi(Door door, Platform platform) {
        this(door, platform, () -> false);
    }

    /** @param webSockets whether the home has them, so that the session says so (RFC 8887 §3) */
    public JmapApi(Door door, Platform platform, BooleanSupplier webSockets) {
        this(
                door,
                platform,
                List.of(
                        new CoreCapability(),
                        new MailCapability(),
                        new BlobCapability(),
                        new QuotaCapability(),
                        new SubmissionCapability(platform),
                        new VacationCapability(),
                        new MdnCapability(),
                        new WebSocketCapability(webSockets)));
    }

    JmapApi(Door door, Platform platform, List<JmapCapability> capabilities) {
        this.door = door;
        this.platform = platform;
        this.limit = platform.config().get(Settings.LIMITS_ENABLED)
                ? Optional.of(new ConcurrentRequests(Limits.CONCURRENT_REQUESTS))
                : Optional.empty();
        this.blobs = new Blobs(door, platform);
        this.uploading = new Uploading(door, platform);
        this.pushes = new PushDelivery(
                door,
                platform,
                capabilities.stream()
                        .flatMap(capability -> capability.pushed().stream())
                        .toList());
        var all = new ArrayList<>(capabilities);
        all.add(new VapidCapability(pushes));
        this.capabilities = List.copyOf(all);
        for (var capability : all) {
            capability.methods().forEach(method -> register(capability.uri(), method));
        }
        register(CapabilityUri.CORE, new PushSubscriptionGet());
        register(CapabilityUri.CORE, new PushSubscriptionSet(pushes));
    }

    private void register(String capability, JmapMethod method) {
        if (methods.put(method.name(), new Registered(capability, method)) != null) {
            throw new IllegalArgumentException("two capabilities have " + method.name());
        }
    }

    /** What tells subscribed devices; it sends nothing before somebody starts it. */
    public PushDelivery pushes() {
        return pushes;
    }

    public JmapSession session(Principal caller, URI base) {
        return JmapSession.of(caller, base, capabilities);
    }

    /**
     * Reads a request and runs its calls in order (RFC 8620 §3.10). The caller closes the response.
     *
     * @param base as the caller's session has it: the session state depends on it
     * @throws RequestException when the request is refused as a whole; nothing was run
     * @throws IOException when the body can't be read to its end
     */
    public JmapResponse run(InputStream body, Principal caller, URI base) throws IOException, RequestException {
        enter(caller);
        try {
            return run(reader.read(body), caller, base);
        } finally {
            limit.ifPresent(entered -> entered.leave(caller.name()));
        }
    }

    /** The same for a request that was read by {@link #readJson}. */
    public JmapResponse run(JsonNode request, Principal caller, URI base) throws RequestException {
        enter(caller);
        try {
            return run(reader.request(request), caller, base);
        } finally {
            limit.ifPresent(entered -> entered.leave(caller.name()));
        }
    }

    /**
     * A value within the limits of requests, for what carries more than these.
     *
     * @throws IOException when it can't be read to its end
     */
    public JsonNode readJson(InputStream body) throws IOException, RequestException {
        return reader.value(body);
    }

    private void enter(Principal caller) throws RequestException {
        if (limit.isPresent() && !limit.get().enter(caller.name())) {
            throw new RequestException(new RequestError.Limit(
                    "maxConcurrentRequests", "Too many requests of this account are being answered; try again."));
        }
    }

    /** The octets of a blob, if it is in the caller's account (RFC 8620 §6.2). */
    public Optional<Octets> download(Principal caller, String accountId, String blobId) throws IOException {
        var account = Call.account(caller, accountId);
        return account.isEmpty() ? Optional.empty() : blobs.find(account.get(), blobId);
    }

    /**
     * Keeps the octets for a while under a blobId (RFC 8620 §6.1), and says which. Empty when the account is not the caller's.
     *
     * @param type as the client names it
     * @param announced octets that are to come, so that too many are refused before the first; negative if nobody has said
     * @throws RequestException when it is too large, or too many come at once
     */
    public Optional<ObjectNode> upload(
            Principal caller, String accountId, String type, long announced, InputStream body)
            throws IOException, RequestException {
        return uploading.upload(caller, accountId, type, announced, body);
    }

    /**
     * Begins to listen to changes of the caller's account (RFC 8620 §7); who gets it closes it. Empty when the caller has none.
     *
     * @param types by name, of which those that there are count; empty for all
     * @param since what the caller was told before; empty when it begins
     */
    public Optional<StateFeed> feed(Principal caller, Optional<Set<String>> types, Optional<PushState> since) {
        if (!(caller instanceof Principal.User user)) {
            return Optional.empty();
        }
        var wanted = capabilities.stream()
                .flatMap(capability -> capability.pushed().stream())
                .filter(type -> types.isEmpty() || types.get().contains(type.name()))
                .toList();
        return Optional.of(StateFeed.begin(door, platform.watchers(), user.account(), wanted, since));
    }

    private JmapResponse run(JmapRequest request, Principal caller, URI base) throws RequestException {
        for (var used : request.using()) {
            if (capabilities.stream()
                    .noneMatch(known -> known.offered() && known.uri().equals(used))) {
                throw new RequestException(new RequestError.UnknownCapability(used));
            }
        }
        var created = new CreatedIds(request.createdIds().orElse(Map.of()));
        var using = Set.copyOf(request.using());
        var run = new RequestRun(new Used(using), new Call(caller, door, platform, created, using));
        request.methodCalls().forEach(run::run);
        return new JmapResponse(
                run.answers(),
                request.createdIds().map(given -> created.all()),
                session(caller, base).state());
    }

    private final class Used implements RequestRun.Methods {
        private final Set<String> using;

        Used(Set<String> using) {
            this.using = using;
        }

        @Override
        public Optional<JmapMethod> used(String name) {
            return Optional.ofNullable(methods.get(name))
                    .filter(method -> using.contains(method.capability()))
                    .map(Registered::method);
        }

        @Override
        public JmapMethod any(String name) {
            return Optional.ofNullable(methods.get(name)).orElseThrow().method();
        }
    }
}
