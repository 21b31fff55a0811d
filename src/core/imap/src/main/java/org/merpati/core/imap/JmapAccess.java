package org.merpati.core.imap;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.merpati.core.api.config.Settings;
import org.merpati.lib.imap.response.MailboxResponse;

/**
 * Where the same mail is to be had over JMAP (RFC 9698). Mailboxes and messages have the same ids there, and whoever has
 * signed in with a password may do so there with it.
 */
final class JmapAccess {
    private static final String SESSION = "/jmap/session";

    private JmapAccess() {}

    /**
     * The address of the session resource. Empty where none is known: only {@code http.public-url} says how a client reaches
     * the home's HTTP listener, whose addresses and proxies IMAP does not see. Empty too for an address that may not be told
     * a password, and where users have tokens, which JMAP does not take.
     */
    static Optional<URI> address(Surroundings surroundings) {
        var config = surroundings.config();
        boolean plain = config.get(Settings.AUTH_ALLOW_PLAINTEXT);
        return config.get(Settings.HTTP_PUBLIC_URL)
                .filter(base -> plain || "https".equalsIgnoreCase(base.getScheme()))
                .filter(base -> !surroundings.directory().takesTokens())
                .map(base -> URI.create(base + SESSION));
    }

    static Completion tell(Conversation conversation) throws IOException {
        var address = address(conversation.surroundings());
        if (address.isEmpty()) {
            return Completion.bad("No address is known where this mail is to be had over JMAP");
        }
        conversation.out().send(new MailboxResponse.JmapSession(address.get().toString()));
        return Completion.ok("GETJMAPACCESS completed");
    }
}
