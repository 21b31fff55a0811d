package org.merpati.lib.sasl.server;

import java.util.function.Function;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;

/** Where every message of a client comes in: bounded, and what is wrong with it becomes the refusal. */
final class PeerMessage {
    private PeerMessage() {}

    static ServerStep read(Function<byte[], ServerStep> reader, byte[] message) {
        try {
            return reader.apply(SaslText.bounded(message));
        } catch (SaslSyntaxException e) {
            return new ServerStep.Refused(ServerStep.Refused.Reason.MALFORMED, e.problem());
        }
    }
}
