package org.merpati.check.containers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A place that Merpati runs in. */
interface Home extends AutoCloseable {
    /** Connections to LMTP from loopback begin with a PROXY header. */
    Map<String, String> PROXY = Map.of("listener.lmtp.proxy-trusted", "127.0.0.1");

    String ADMIN_PASSWORD = "for-the-check-only";

    /** Starts the server and what it needs; Merpati is in it and runs, if it was before {@link #stop}. */
    void start();

    void stop();

    int smtpPort();

    int submissionPort();

    int submissionsPort();

    int lmtpPort();

    int imapPort();

    int imapsPort();

    /** That the mail listeners have. */
    Certificates certificates();

    /** HTTPS, without a slash at the end. */
    URI https();

    /** The server's log, for failures. */
    Path log();

    /** Stops the server if it runs, whatever state it is in. */
    @Override
    void close();
}
