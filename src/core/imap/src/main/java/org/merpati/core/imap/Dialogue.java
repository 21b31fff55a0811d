package org.merpati.core.imap;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.imap.ImapReader;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.LiteralPolicy;
import org.merpati.lib.imap.response.ImapWriter;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.StatusKind;

/** What the parts of one session have in common: the streams, where it stands, and what its client has switched on. */
final class Dialogue implements AutoCloseable {
    static final String FAREWELL = "* BYE [UNAVAILABLE] The server is stopping\r\n";

    private final Surroundings surroundings;
    private final Connection connection;
    private final Wire wire;
    private final ImapReader in;
    private final ImapWriter out;
    private final Enabled enabled = new Enabled();
    private volatile SessionState state = new SessionState.BeforeLogin(0);
    private String tag = "";

    Dialogue(Surroundings surroundings, Connection connection) {
        this.surroundings = surroundings;
        this.connection = connection;
        this.wire = new Wire(connection, System::nanoTime);
        this.in = new ImapReader(wire.in());
        this.out = new ImapWriter(wire.out());
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Connection connection() {
        return connection;
    }

    Wire wire() {
        return wire;
    }

    ImapReader in() {
        return in;
    }

    ImapWriter out() {
        return out;
    }

    Enabled enabled() {
        return enabled;
    }

    SessionState state() {
        return state;
    }

    void state(SessionState now) {
        var before = state;
        state = now;
        claiming(now)
                .ifPresent(selected ->
                        surroundings.recent().enter(selected.mailbox().id()));
        claiming(before)
                .ifPresent(selected ->
                        conversation(selected).leaveRecent(selected.mailbox().id()));
    }

    /** Whether messages become recent in it. */
    private static Optional<SessionState.Selected> claiming(SessionState state) {
        return state instanceof SessionState.Selected selected
                        && !selected.mailbox().readOnly()
                ? Optional.of(selected)
                : Optional.empty();
    }

    @Override
    public void close() {
        wire.close();
        state(new SessionState.LoggedOut());
    }

    boolean over() {
        return state instanceof SessionState.LoggedOut;
    }

    /** @param now the tag of the command that is run */
    void tag(String now) {
        tag = now;
    }

    Conversation conversation(SessionState.SignedIn now) {
        return new Conversation(surroundings, connection, now.account(), tag, out, enabled);
    }

    /** Waits for the client; a stop of the server does not wait for it meanwhile. */
    Input read(LiteralPolicy literals) throws IOException {
        connection.awaiting(FAREWELL);
        var input = in.next(literals);
        connection.busy();
        return input;
    }

    void bye(ResponseCode.@Nullable Plain code, String text) throws IOException {
        state(new SessionState.LoggedOut());
        out.send(
                code == null
                        ? Response.Status.untagged(StatusKind.BYE, text)
                        : Response.Status.untagged(StatusKind.BYE, code, text));
        out.flush();
    }
}
