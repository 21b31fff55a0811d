package org.merpati.lib.sasl.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;

/**
 * LOGIN: name and password, each asked for. Never standardised; the prompts are those that clients know, and a name that
 * comes as initial response is taken, as widespread clients send it.
 */
final class LoginServer {
    private LoginServer() {}

    static ServerStep start() {
        return new ServerStep.Challenge("Username:".getBytes(StandardCharsets.US_ASCII), LoginServer::name);
    }

    static ServerStep name(byte[] response) {
        var login = SaslText.login(SaslText.utf8(response));
        return new ServerStep.Challenge("Password:".getBytes(StandardCharsets.US_ASCII), password -> {
            for (byte octet : password) {
                if (octet == 0) {
                    throw new SaslSyntaxException("NUL in the password");
                }
            }
            return new ServerStep.CheckPassword(new Identity(login, Optional.empty()), PlainServer.password(password));
        });
    }
}
