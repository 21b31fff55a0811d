package org.merpati.core.imap;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.imap.Input;
import org.merpati.lib.imap.command.Authenticate;
import org.merpati.lib.imap.command.BeforeLoginCommand;
import org.merpati.lib.imap.command.Login;
import org.merpati.lib.imap.command.StartTls;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;
import org.merpati.lib.sasl.SaslText;

/** How a user comes into a session and leaves it, what of the server that takes up, and what becomes of the stream then. */
final class Entry implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Entry.class.getName());

    /** What is to be done when a command has been answered. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private final Dialogue dialogue;
    private final Surroundings surroundings;
    private final Connection connection;
    private final LoginHandler login;
    private final AuthenticateHandler authenticate;
    private UserLimits.@Nullable Seat seat;
    private @Nullable Step afterwards;
    private int failures;

    Entry(Dialogue dialogue) {
        this.dialogue = dialogue;
        this.surroundings = dialogue.surroundings();
        this.connection = dialogue.connection();
        this.login = new LoginHandler(surroundings, connection);
        this.authenticate = new AuthenticateHandler(surroundings, connection, login, this::challenge);
    }

    /** The user has left. */
    @Override
    public void close() {
        if (seat != null) {
            seat.close();
            seat = null;
        }
    }

    /** How long the user has to wait who gives more commands than there may be. */
    Duration delay() {
        return seat == null ? Duration.ZERO : seat.command();
    }

    /** What the last command has left to be done, now that it has been answered. */
    void afterwards() throws IOException {
        var step = afterwards;
        if (step != null) {
            afterwards = null;
            step.take();
        }
    }

    Completion run(BeforeLoginCommand command, SessionState.BeforeLogin now) throws IOException {
        return switch (command) {
            case Login asked -> entered(login.run(asked, now), now);
            case Authenticate asked -> entered(authenticate.run(asked, now), now);
            case StartTls asked -> startTls();
        };
    }

    private Completion entered(LoginHandler.Result result, SessionState.BeforeLogin now) throws IOException {
        if (result.state() instanceof SessionState.SignedIn signedIn) {
            var place = surroundings.users().admit(signedIn.account());
            if (place.isEmpty()) {
                return Completion.no(Plain.LIMIT, "There are as many sessions of this user as there may be");
            }
            seat = place.get();
            failures = now.failures();
            dialogue.wire().silence(surroundings.config().get(Settings.IMAP_IDLE_TIMEOUT));
        }
        dialogue.state(result.state());
        return result.completion();
    }

    /** One challenge of an exchange, and the client's line; {@code *} is its way to cancel (RFC 9051 §6.2.2). */
    private Optional<byte[]> challenge(byte[] octets) throws IOException {
        dialogue.out().send(new Response.Continue(SaslText.base64(octets)));
        dialogue.out().flush();
        return switch (dialogue.read(Uploads.NONE)) {
            case Input.Whole(var line) -> {
                var text = new String(line.line(), StandardCharsets.ISO_8859_1);
                yield text.equals("*") ? Optional.empty() : Optional.of(SaslText.base64(text));
            }
            case Input.Refused refused -> Optional.empty();
            case Input.End end -> throw new EOFException("the client is gone amid AUTHENTICATE");
        };
    }

    /**
     * RFC 9051 §6.2.1. Whoever sends anything behind the command before its answer is not served any further, as it may be
     * somebody on the way who wants commands taken for ones that came by TLS.
     */
    private Completion startTls() throws IOException {
        if (connection.secure()) {
            return Completion.bad("TLS is on already");
        }
        if (!connection.canSecure()) {
            return Completion.no("TLS is not available here");
        }
        if (dialogue.in().buffered()) {
            LOG.log(Level.WARNING, () -> connection.id() + " input behind STARTTLS");
            dialogue.bye(Plain.CLIENTBUG, "Nothing may follow STARTTLS before its answer");
            throw new EOFException("sent away because of input behind STARTTLS");
        }
        afterwards = () -> {
            try {
                connection.startTls();
            } catch (RuntimeException e) {
                throw new IOException("the TLS handshake failed: " + e, e);
            }
        };
        return Completion.ok("Begin TLS now");
    }

    /** RFC 4978 §3. What the client has sent behind the command is compressed already. */
    Completion compress() {
        var wire = dialogue.wire();
        if (wire.compressed()) {
            return new Completion(StatusKind.BAD, Optional.of(Plain.COMPRESSIONACTIVE), "DEFLATE is on already");
        }
        afterwards = () -> wire.compress(dialogue.in().takeBuffered());
        return Completion.ok("DEFLATE from now on");
    }

    /** RFC 8437 §3: everything is as it was after the greeting, but TLS and what was counted against the client. */
    Completion unauthenticate() {
        close();
        dialogue.state(new SessionState.BeforeLogin(failures));
        dialogue.enabled().clear();
        dialogue.out().utf8(false);
        dialogue.wire().deadlineIn(surroundings.config().get(Settings.IMAP_LOGIN_TIMEOUT));
        afterwards = dialogue.wire()::decompress;
        return Completion.ok("UNAUTHENTICATE completed");
    }
}
