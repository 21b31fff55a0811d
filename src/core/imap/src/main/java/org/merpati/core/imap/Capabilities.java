package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;
import org.merpati.core.api.session.Connection;
import org.merpati.core.store.signin.SignInMechanisms;
import org.merpati.lib.sasl.server.ServerMechanism;

/** What the server announces (RFC 9051 §7.2.2): only what is whole, and what this connection can have as it is now. */
final class Capabilities {
    /** In every state; alphabetical behind the versions. */
    private static final List<String> ALWAYS = List.of(
            "IMAP4rev1",
            "CHILDREN",
            "COMPRESS=DEFLATE",
            "CREATE-SPECIAL-USE",
            "ID",
            "IDLE",
            "LIST-EXTENDED",
            "LIST-METADATA",
            "LIST-STATUS",
            "LITERAL-",
            "METADATA",
            "NAMESPACE",
            "QUOTA",
            "QUOTA=RES-MESSAGE",
            "QUOTA=RES-STORAGE",
            "SPECIAL-USE",
            "STATUS=SIZE");

    private Capabilities() {}

    static List<String> beforeLogin(SignInMechanisms mechanisms, Connection connection) {
        var names = new ArrayList<>(ALWAYS);
        mechanisms.offered(connection).stream()
                .filter(mechanism -> mechanism != ServerMechanism.LOGIN) // heard, but nobody should choose it
                .forEach(mechanism -> names.add("AUTH=" + mechanism.token()));
        if (!mechanisms.confidential(connection)) {
            names.add("LOGINDISABLED");
        }
        names.add("SASL-IR");
        if (connection.canSecure()) {
            names.add("STARTTLS");
        }
        return names;
    }

    static List<String> afterLogin() {
        var names = new ArrayList<>(ALWAYS);
        names.add("UNAUTHENTICATE");
        return names;
    }
}
