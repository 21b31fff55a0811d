package org.merpati.core.api.stage;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.merpati.core.api.session.TlsDetails;

/**
 * A session as it stands at a step.
 *
 * @param id of the connection, as in the log
 * @param listener its name in the settings: {@code submission}
 * @param protocol {@code smtp}, {@code submission} or {@code lmtp}: whom the listener serves
 * @param peer the client, as the PROXY protocol tells where it is used
 * @param tls what protects the connection; empty in clear
 * @param heloDomain what the client has called itself, a name or a literal in brackets; empty before EHLO
 * @param authenticatedAs the login that the client has proved; empty where it has not signed in
 */
public record SmtpSessionView(
        String id,
        String listener,
        String protocol,
        InetSocketAddress peer,
        InetSocketAddress local,
        Optional<TlsDetails> tls,
        Optional<String> heloDomain,
        Optional<String> authenticatedAs) {
    public InetAddress remoteIp() {
        return peer.getAddress();
    }

    public InetAddress localIp() {
        return local.getAddress();
    }

    public boolean secure() {
        return tls.isPresent();
    }
}
