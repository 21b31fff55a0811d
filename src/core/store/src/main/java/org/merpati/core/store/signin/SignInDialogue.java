package org.merpati.core.store.signin;

import java.io.IOException;
import java.util.Optional;

/** How a protocol carries what is said in an exchange. */
@FunctionalInterface
public interface SignInDialogue {
    /**
     * Sends the challenge and reads the client's response, both in base64 on the wire; empty when the client gives up, or
     * can't be understood. The exchange is over then, and the protocol knows why.
     *
     * @throws org.merpati.lib.sasl.SaslSyntaxException when the response is no base64
     */
    Optional<byte[]> ask(byte[] challenge) throws IOException;
}
