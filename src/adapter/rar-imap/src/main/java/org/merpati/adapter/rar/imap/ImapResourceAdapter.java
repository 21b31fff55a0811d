package org.merpati.adapter.rar.imap;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.jca.ListenerAdapter;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.config.Settings;

/** The adapter {@code merpati-imap}. Its properties stand in ra.xml, with what they mean. */
public class ImapResourceAdapter extends ListenerAdapter {
    private @Nullable String bind;
    private @Nullable Integer port;
    private @Nullable Integer tlsPort;

    public ImapResourceAdapter() {
        super("merpati-imap", EnumSet.of(ListenerProtocol.IMAP, ListenerProtocol.IMAPS));
    }

    public @Nullable String getBind() {
        return bind;
    }

    public void setBind(@Nullable String bind) {
        this.bind = bind;
        give(Settings.BIND, bind);
    }

    public @Nullable Integer getPort() {
        return port;
    }

    public void setPort(@Nullable Integer port) {
        this.port = port;
        give(Settings.IMAP_PORT, port);
    }

    public @Nullable Integer getTlsPort() {
        return tlsPort;
    }

    public void setTlsPort(@Nullable Integer tlsPort) {
        this.tlsPort = tlsPort;
        give(Settings.IMAPS_PORT, tlsPort);
    }
}
