package org.merpati.core.api.session;

/** What ties a sign-in to the TLS connection that it came by. RFC 5056 §2. */
public final class ChannelBinding {
    /** The hash of the server's certificate. RFC 5929 §4. */
    public static final String SERVER_END_POINT = "tls-server-end-point";

    /** Keying material exported from the connection. RFC 9266 §2. */
    public static final String EXPORTER = "tls-exporter";

    private final String type;
    private final byte[] data;

    public ChannelBinding(String type, byte[] data) {
        this.type = type;
        this.data = data.clone();
    }

    /** As registered with IANA: {@link #SERVER_END_POINT}. */
    public String type() {
        return type;
    }

    /** A copy. */
    public byte[] data() {
        return data.clone();
    }

    /** Never the data: an exported secret is nobody else's. */
    @Override
    public String toString() {
        return "ChannelBinding[" + type + "]";
    }
}
