package org.merpati.lib.sasl.client;

import static org.merpati.lib.sasl.client.PlainClient.utf8;

import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramMessage;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithToken;

/** OAUTHBEARER (RFC 7628 §3.1) and XOAUTH2. A challenge is the report of a failure, and gets a dummy answer. */
final class OAuthClient {
    private OAuthClient() {}

    static ClientStep bearer(WithToken credentials, Service service) {
        var message = "n,a=" + ScramMessage.encodedName(credentials.login()) + ",\1host=" + service.host() + "\1port="
                + service.port() + "\1auth=Bearer " + credentials.token().value() + "\1\1";
        return Respond.lastBut(utf8(message), fault -> Respond.dismissing(new byte[] {1}, SaslText.utf8(fault)));
    }

    static ClientStep xoauth2(WithToken credentials) {
        var message = "user=" + credentials.login() + "\1auth=Bearer "
                + credentials.token().value() + "\1\1";
        return Respond.lastBut(utf8(message), fault -> Respond.dismissing(new byte[0], SaslText.utf8(fault)));
    }
}
