package org.merpati.core.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.smtp.SmtpOutput;

/**
 * The connection's input as one session reads it. Before it waits: what has been answered goes out (RFC 2920 §3.2), and, while
 * a command is waited for, the network learns that the session may be closed. No read outlasts the session's time.
 */
final class SessionInput extends InputStream {
    /** Thrown when the session has used up its time. */
    static final class SessionOver extends SocketTimeoutException {}

    private final Connection connection;
    private final InputStream in;
    private final SmtpOutput replies;
    private final String farewell;
    private final Pacing pacing;
    private final Duration silence;
    private final long end;
    private final long mostOctets;
    private final long mostInMessage;
    private long octets;
    private Duration timeout = Duration.ZERO;
    private boolean inMessage;

    SessionInput(Connection connection, SmtpOutput replies, SmtpServer server, String farewell) {
        this.connection = connection;
        this.in = connection.in();
        this.replies = replies;
        this.farewell = farewell;
        this.pacing = server.pacing();
        this.silence = server.limits().commandTimeout();
        long most = server.limits().maxTransfer();
        this.mostOctets = most;
        this.mostInMessage = most + Math.min(server.limits().maxMessage(), Long.MAX_VALUE - most);
        this.end = pacing.now() + server.limits().sessionTimeout().toNanos();
    }

    /** Whether what comes is a message: then a stop of the server waits for the session. */
    void inMessage(boolean message) {
        inMessage = message;
    }

    /** Says that the session may be closed as it is, does nothing for this time, and goes on. */
    void rest(Duration time) throws IOException {
        replies.flush();
        connection.awaiting(farewell);
        pacing.pause(time);
        connection.busy();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        replies.flush();
        limitWaiting();
        if (octets >= (inMessage ? mostInMessage : mostOctets)) {
            throw new SessionEnd("4.7.0", "enough octets, the others in another session, please");
        }
        if (inMessage) {
            return counted(in.read(bytes, offset, length));
        }
        connection.awaiting(farewell);
        try {
            return counted(in.read(bytes, offset, length));
        } finally {
            connection.busy();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private int counted(int read) {
        octets += Math.max(read, 0);
        return read;
    }

    private void limitWaiting() throws IOException {
        var left = Duration.ofNanos(end - pacing.now());
        if (!left.isPositive()) {
            throw new SessionOver();
        }
        // a time-out of less than a millisecond could be rounded to none at all
        var wanted = left.compareTo(silence) < 0 ? left.plusMillis(1) : silence;
        if (!wanted.equals(timeout)) {
            connection.timeout(wanted);
            timeout = wanted;
        }
    }
}
