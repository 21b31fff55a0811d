package org.merpati.adapter.net;

import java.util.Locale;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Setting;
import org.merpati.core.api.config.Settings;

/** The listeners there are: name, port and kind of TLS of each. */
public enum MailListener {
    SMTP(Settings.SMTP_PORT, Tls.NONE),
    IMAP(Settings.IMAP_PORT, Tls.NONE),
    IMAPS(Settings.IMAPS_PORT, Tls.IMPLICIT);

    enum Tls {
        NONE,
        /** From the first octet on. RFC 8314 §3. */
        IMPLICIT
    }

    private final Setting<Integer> port;
    private final Tls tls;

    MailListener(Setting<Integer> port, Tls tls) {
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

    Tls tls() {
        return tls;
    }
}
