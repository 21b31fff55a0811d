package org.merpati.lib.sasl.server;

import java.util.Arrays;
import java.util.Optional;
import org.merpati.lib.sasl.Identity;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;

/** PLAIN: {@code [authzid] NUL authcid NUL passwd} (RFC 4616 §2). */
final class PlainServer {
    private PlainServer() {}

    static ServerStep message(byte[] message) {
        int first = find(message, 0);
        int second = find(message, first + 1);
        if (find(message, second + 1, message.length) >= 0) {
            throw new SaslSyntaxException("NUL in the password");
        }
        var authzid = SaslText.utf8(Arrays.copyOfRange(message, 0, first));
        var login = SaslText.login(SaslText.utf8(Arrays.copyOfRange(message, first + 1, second)));
        var actAs = authzid.isEmpty() ? Optional.<String>empty() : Optional.of(SaslText.login(authzid));
        return new ServerStep.CheckPassword(
                new Identity(login, actAs), password(Arrays.copyOfRange(message, second + 1, message.length)));
    }

    /** One that a client sent as it is. */
    static Password password(byte[] octets) {
        if (octets.length == 0 || octets.length > SaslText.MAX_NAME) {
            throw new SaslSyntaxException("a password of " + octets.length + " octets");
        }
        return Password.of(octets);
    }

    private static int find(byte[] message, int from) {
        int nul = find(message, from, message.length);
        if (nul < 0) {
            throw new SaslSyntaxException("expected NUL");
        }
        return nul;
    }

    private static int find(byte[] message, int from, int to) {
        for (int i = from; i < to; i++) {
            if (message[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
