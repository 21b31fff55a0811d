package org.merpati.core.imap;

import java.util.List;

/** What the server announces (RFC 3501 §7.2.1): only what is whole. */
final class Capabilities {
    private Capabilities() {}

    /** @param login whether LOGIN would be heard */
    static List<String> beforeLogin(boolean login) {
        return login ? afterLogin() : List.of("IMAP4rev1", "IDLE", "LITERAL-", "LOGINDISABLED");
    }

    static List<String> afterLogin() {
        return List.of("IMAP4rev1", "IDLE", "LITERAL-");
    }
}
