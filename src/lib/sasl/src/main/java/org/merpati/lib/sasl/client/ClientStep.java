package org.merpati.lib.sasl.client;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;

/** Where a client stands in an exchange. */
public sealed interface ClientStep {
    /** Send {@link #response} and say what the server answers. That it refuses needs no step: the exchange is over. */
    final class Respond implements ClientStep {
        private final byte @Nullable [] response;
        private final boolean mayEnd;
        private final Optional<String> fault;
        private final Function<byte[], ClientStep> next;

        private Respond(
                byte @Nullable [] response, boolean mayEnd, Optional<String> fault, Function<byte[], ClientStep> next) {
            this.response = response;
            this.mayEnd = mayEnd;
            this.fault = fault;
            this.next = next;
        }

        /** The server must still say something. */
        static Respond expecting(byte[] response, Function<byte[], ClientStep> next) {
            return new Respond(response, false, Optional.empty(), next);
        }

        /** The last response. */
        static Respond last(byte[] response) {
            return new Respond(response, true, Optional.empty(), challenge -> new Abort("a challenge after the last"));
        }

        /** A response, after which the server may be content or may have one more thing to say. */
        static Respond lastBut(byte[] response, Function<byte[], ClientStep> next) {
            return new Respond(response, true, Optional.empty(), next);
        }

        /** The answer to the report of a failure. */
        static Respond dismissing(byte[] response, String fault) {
            return new Respond(
                    response, false, Optional.of(fault), challenge -> new Abort("a challenge after the last"));
        }

        /** The server begins. */
        static Respond waiting(Function<byte[], ClientStep> next) {
            return new Respond(null, false, Optional.empty(), next);
        }

        /** Not yet in base64; empty only at the beginning, where the server speaks first. */
        public Optional<byte[]> response() {
            return Optional.ofNullable(response).map(byte[]::clone);
        }

        /** What an OAuth server said of its refusal, which follows; for logs, and of the server's making. */
        public Optional<String> fault() {
            return fault;
        }

        /** The server sent this challenge, out of base64. */
        public ClientStep challenge(byte[] challenge) {
            try {
                return next.apply(SaslText.bounded(challenge));
            } catch (SaslSyntaxException e) {
                return new Abort(e.problem());
            }
        }

        /** The server reported success. */
        public ClientStep success() {
            return mayEnd ? new Authenticated() : new Abort("success before the exchange was over");
        }

        /** The server reported success with this as its last word (ManageSieve's OK can carry it). */
        public ClientStep success(byte[] data) {
            return challenge(data) instanceof Respond after && after.response().orElse(data).length == 0
                    ? after.success()
                    : new Abort("success with data that proves nothing");
        }
    }

    /** Signed in. */
    record Authenticated() implements ClientStep {}

    /** Cancel the exchange ({@code *}), or hang up where the server has already reported success. */
    record Abort(String problem) implements ClientStep {}
}
