package org.merpati.adapter.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The client's side of TLS: believes these certificates and no others. */
final class TlsClient {
    private final SSLContext context;

    TlsClient(X509Certificate... trusted) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("server" + i, trusted[i]);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
    }

    /** The handshake over a socket that is connected; asks for this host name, or for none where it is empty. */
    SSLSocket over(Socket socket, String host, String protocol) throws IOException {
        var layer = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        var parameters = layer.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
        layer.setSSLParameters(parameters);
        layer.setSoTimeout(20_000);
        layer.startHandshake();
        return layer;
    }

    /** The server's certificate, from a connection made for that. */
    X509Certificate certificate(int port, String host, String protocol) throws IOException {
        try (var layer = over(Client.socket("127.0.0.1", port), host, protocol)) {
            return (X509Certificate) layer.getSession().getPeerCertificates()[0];
        }
    }
}
