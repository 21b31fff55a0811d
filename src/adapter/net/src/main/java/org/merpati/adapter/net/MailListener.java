package org.merpati.adapter.net;

import java.util.Locale;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Setting;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.config.TlsMode;

/** The listeners there are: name, port and kind of TLS of each. */
public enum MailListener {
    SMTP(Settings.SMTP_PORT, TlsMode.NONE),
    IMAP(Settings.IMAP_PORT, TlsMode.NONE),
    IMAPS(Settings.IMAPS_PORT, TlsMode.IMPLICIT);

    private final Setting<Integer> port;
    private final TlsMode tls;

    MailListener(Setting<Integer> port, TlsMode tls) {
        this.port = port;
        this.tls = tls;
    }

    /** As in settings, connection ids and status: {@code smtp}. */
    public String listenerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the settings want it. */
    public ListenerAddress address(Config config) {
        return new ListenerAddress(config.get(Settings.BIND), config.get(port));
    }

    TlsMode tls() {
        return tls;
    }
}
