package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;

/** What the server announces (RFC 3501 §7.2.1): only what is whole. */
final class Capabilities {
    private Capabilities() {}

    /**
     * @param login whether LOGIN would be heard
     * @param largest octets of the largest message that is taken
     */
    static List<String> beforeLogin(boolean login, long largest) {
        var names = new ArrayList<>(afterLogin(largest));
        if (!login) {
            names.add("LOGINDISABLED");
        }
        return names;
    }

    static List<String> afterLogin(long largest) {
        return List.of(
                "IMAP4rev1",
                "APPENDLIMIT=" + largest,
                "BINARY",
                "CATENATE",
                "CHILDREN",
                "CONDSTORE",
                "CREATE-SPECIAL-USE",
                "ENABLE",
                "IDLE",
                "LIST-EXTENDED",
                "LIST-STATUS",
                "LITERAL+",
                "MOVE",
                "MULTIAPPEND",
                "NAMESPACE",
                "OBJECTID",
                "PREVIEW",
                "QRESYNC",
                "REPLACE",
                "SPECIAL-USE",
                "STATUS=SIZE",
                "UIDONLY",
                "UIDPLUS",
                "UNSELECT");
    }
}
