package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.List;
import org.merpati.core.api.session.Connection;
import org.merpati.lib.sasl.server.ServerMechanism;

/** What the server announces (RFC 9051 §7.2.2): only what is whole, and what this connection can have as it is now. */
final class Capabilities {
    /** In every state; alphabetical behind the versions. */
    private static final List<String> ALWAYS = List.of(
            "IMAP4rev2",
            "IMAP4rev1",
            "BINARY",
            "CATENATE",
            "CHILDREN",
            "COMPRESS=DEFLATE",
            "CONDSTORE",
            "CONTEXT=SEARCH",
            "CONTEXT=SORT",
            "CREATE-SPECIAL-USE",
            "ENABLE",
            "ESEARCH",
            "ESORT",
            "ID",
            "IDLE",
            "INPROGRESS",
            "LIST-EXTENDED",
            "LIST-METADATA",
            "LIST-STATUS",
            "LITERAL+",
            "METADATA",
            "MOVE",
            "MULTIAPPEND",
            "MULTISEARCH",
            "NAMESPACE",
            "NOTIFY",
            "OBJECTID",
            "PARTIAL",
            "PREVIEW",
            "QRESYNC",
            "QUOTA",
            "QUOTA=RES-MESSAGE",
            "QUOTA=RES-STORAGE",
            "REPLACE",
            "SAVEDATE",
            "SEARCHRES",
            "SORT",
            "SORT=DISPLAY",
            "SPECIAL-USE",
            "STATUS=SIZE",
            "THREAD=ORDEREDSUBJECT",
            "THREAD=REFERENCES",
            "UIDBATCHES",
            "UIDONLY",
            "UIDPLUS",
            "UNSELECT",
            "UTF8=ACCEPT",
            "WITHIN");

    private Capabilities() {}

    static List<String> beforeLogin(Surroundings surroundings, Connection connection) {
        var names = always(surroundings);
        surroundings.mechanisms().offered(connection).stream()
                .filter(mechanism -> mechanism != ServerMechanism.LOGIN) // heard, but nobody should choose it
                .forEach(mechanism -> names.add("AUTH=" + mechanism.token()));
        if (!surroundings.mechanisms().confidential(connection)) {
            names.add("LOGINDISABLED");
        }
        names.add("SASL-IR");
        if (connection.canSecure()) {
            names.add("STARTTLS");
        }
        return names;
    }

    static List<String> afterLogin(Surroundings surroundings) {
        var names = always(surroundings);
        if (JmapAccess.address(surroundings).isPresent()) {
            names.add("JMAPACCESS");
        }
        names.add("UNAUTHENTICATE");
        return names;
    }

    private static List<String> always(Surroundings surroundings) {
        var names = new ArrayList<>(ALWAYS);
        names.add("APPENDLIMIT=" + Uploads.largest(surroundings));
        int most = surroundings.messageLimit().most();
        if (most > 0) {
            names.add("MESSAGELIMIT=" + most);
        }
        return names;
    }
}
