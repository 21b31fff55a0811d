package org.merpati.adapter.rar.smtp;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.jca.ListenerAdapter;
import org.merpati.core.api.config.ListenerProtocol;
import org.merpati.core.api.config.Settings;

/** The adapter {@code merpati-smtp}. Its properties stand in ra.xml, with what they mean. */
public class SmtpResourceAdapter extends ListenerAdapter {
    private static final Set<ListenerProtocol> PROTOCOLS = EnumSet.of(
            ListenerProtocol.SMTP, ListenerProtocol.SUBMISSION, ListenerProtocol.SUBMISSIONS, ListenerProtocol.LMTP);

    private @Nullable String bind;
    private @Nullable Integer port;
    private @Nullable Integer submissionPort;
    private @Nullable Integer submissionsPort;
    private @Nullable Integer lmtpPort;

    public SmtpResourceAdapter() {
        super("merpati-smtp", PROTOCOLS);
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

    public @Nullable Integer getSubmissionPort() {
        return submissionPort;
    }

    public void setSubmissionPort(@Nullable Integer submissionPort) {
        this.submissionPort = submissionPort;
        give(Settings.SUBMISSION_PORT, submissionPort);
    }

    public @Nullable Integer getSubmissionsPort() {
        return submissionsPort;
    }

    public void setSubmissionsPort(@Nullable Integer submissionsPort) {
        this.submissionsPort = submissionsPort;
        give(Settings.SUBMISSIONS_PORT, submissionsPort);
    }

    public @Nullable Integer getLmtpPort() {
        return lmtpPort;
    }

    public void setLmtpPort(@Nullable Integer lmtpPort) {
        this.lmtpPort = lmtpPort;
        give(Settings.LMTP_PORT, lmtpPort);
    }
}
