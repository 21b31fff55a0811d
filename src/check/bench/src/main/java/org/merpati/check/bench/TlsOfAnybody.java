package org.merpati.check.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS to a server whose certificate may be anybody's: those of servers under test are made for the occasion. */
final class TlsOfAnybody implements X509TrustManager {
    private static final SSLSocketFactory SOCKETS = sockets();

    private TlsOfAnybody() {}

    /** The handshake comes with the first octet that is written. */
    static Socket over(Socket connected, int port) throws IOException {
        return SOCKETS.createSocket(connected, InetAddress.getLoopbackAddress().getHostAddress(), port, true);
    }

    private static SSLSocketFactory sockets() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TlsOfAnybody()}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
