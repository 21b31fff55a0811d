package org.merpati.adapter.net.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Answers each handshake from the keys that are right at that moment, by the host name that the client asks for. */
final class LiveKeys extends X509ExtendedKeyManager {
    private final WatchedKeys keys;

    LiveKeys(WatchedKeys keys) {
        this.keys = keys;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(type, socket instanceof SSLSocket layer ? layer.getHandshakeSession() : null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(type, engine == null ? null : engine.getHandshakeSession());
    }

    private @Nullable String choose(String type, @Nullable SSLSession handshake) {
        var now = keys.now();
        var candidates = candidates(now.keys(), serverName(handshake));
        for (var candidate : candidates) {
            if (candidate.is(type)) {
                return now.alias(candidate);
            }
        }
        return null;
    }

    /** Those that name the host; else those that cover it; else the first there is. */
    static List<CertifiedKey> candidates(List<CertifiedKey> all, Optional<String> host) {
        if (host.isPresent()) {
            var named = all.stream().filter(key -> key.names(host.get())).toList();
            if (!named.isEmpty()) {
                return named;
            }
            var covering = all.stream().filter(key -> key.covers(host.get())).toList();
            if (!covering.isEmpty()) {
                return covering;
            }
        }
        return all.subList(0, 1);
    }

    private static Optional<String> serverName(@Nullable SSLSession handshake) {
        return handshake instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.byAlias(alias)
                .map(key -> key.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return keys.byAlias(alias).map(CertifiedKey::key).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
