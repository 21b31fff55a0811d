package org.merpati.lib.sasl;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The binding {@code tls-exporter} of a connection (RFC 9266 §2). JDK 25 is the first that can export; below it there is
 * none. Only TLS 1.3, where renegotiation and shared master secrets can't spoil it (RFC 9266 §4.2).
 */
public final class TlsExporter {
    private static final @Nullable MethodHandle EXPORT = export();

    private TlsExporter() {}

    /** Whether this JDK can export at all. */
    public static boolean available() {
        return EXPORT != null;
    }

    public static Optional<ChannelBinding> of(SSLSession session) {
        var export = EXPORT;
        if (export == null
                || !(session instanceof ExtendedSSLSession extended)
                || !session.getProtocol().equals("TLSv1.3")) {
            return Optional.empty();
        }
        try {
            var data = (byte[]) export.invoke(extended, "EXPORTER-Channel-Binding", new byte[0], 32);
            return Optional.of(new ChannelBinding(ChannelBinding.TLS_EXPORTER, data));
        } catch (Error e) {
            throw e;
        } catch (Throwable e) { // what a provider throws that can't: then there is no such binding
            return Optional.empty();
        }
    }

    private static @Nullable MethodHandle export() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            ExtendedSSLSession.class,
                            "exportKeyingMaterialData",
                            MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
