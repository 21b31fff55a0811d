package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;

/** What the server announces (RFC 3501 §7.2.1): only what is whole. */
final class Capabilities {
    private Capabilities() {}

    private static final List<String> ALL = List.of(
            "IMAP4rev1",
            "CHILDREN",
            "CREATE-SPECIAL-USE",
            "ESEARCH",
            "ESORT",
            "IDLE",
            "INPROGRESS",
            "LIST-EXTENDED",
            "LIST-STATUS",
            "LITERAL-",
            "MULTISEARCH",
            "NAMESPACE",
            "PARTIAL",
            "SEARCHRES",
            "SORT",
            "SORT=DISPLAY",
            "SPECIAL-USE",
            "STATUS=SIZE",
            "THREAD=ORDEREDSUBJECT",
            "THREAD=REFERENCES",
            "WITHIN");

    /** @param login whether LOGIN would be heard */
    static List<String> beforeLogin(boolean login) {
        if (login) {
            return ALL;
        }
        var names = new ArrayList<>(ALL);
        names.add("LOGINDISABLED");
        return names;
    }

    static List<String> afterLogin() {
        return ALL;
    }
}
