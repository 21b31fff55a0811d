package org.merpati.adapter.rar.smtp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.jca.ListenerAdapter;
import org.merpati.adapter.net.MailListener;
import org.merpati.core.api.config.Settings;

/** The adapter {@code merpati-smtp}. Its properties stand in ra.xml, with what they mean. */
public class SmtpResourceAdapter extends ListenerAdapter {
    private @Nullable String bind;
    private @Nullable Integer port;

    public SmtpResourceAdapter() {
        super("merpati-smtp", List.of(MailListener.SMTP));
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
        give(Settings.SMTP_PORT, port);
    }
}
