package org.merpati.lib.imap.command;

import java.util.Optional;
import org.merpati.lib.imap.CommandReader;

/**
 * AUTHENTICATE. RFC 9051 §6.2.2, RFC 4959 §3. Whoever runs it closes the initial response.
 *
 * @param initial in base64; of no octets where the client wrote {@code =}
 */
public record Authenticate(String mechanism, Optional<Password> initial) implements BeforeLoginCommand {
    static Authenticate parse(CommandReader in) {
        var mechanism = in.space().atom();
        Optional<Password> initial = in.accept(' ') ? Optional.of(initial(in)) : Optional.empty();
        in.end();
        return new Authenticate(mechanism, initial);
    }

    private static Password initial(CommandReader in) {
        if (in.accept('=')) {
            return new Password(new byte[0]);
        }
        if (in.atEnd()) {
            throw in.expected("an initial response");
        }
        return new Password(in.line());
    }
}
