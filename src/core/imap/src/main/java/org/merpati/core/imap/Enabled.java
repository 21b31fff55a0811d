package org.merpati.core.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.merpati.lib.imap.command.Feature;

/** What the client has switched on (RFC 5161). Belongs to whoever may write to the client. */
final class Enabled {
    private final Set<Feature> on = EnumSet.noneOf(Feature.class);

    boolean has(Feature feature) {
        return on.contains(feature);
    }

    /** Whether mailbox names and strings are in UTF-8, both ways. */
    boolean utf8() {
        return has(Feature.IMAP4REV2) || has(Feature.UTF8_ACCEPT);
    }

    /** Whether the client is told which messages are recent: IMAP4rev2 has no such thing. */
    boolean recent() {
        return !has(Feature.IMAP4REV2);
    }

    /** Switches these on, and what comes with them; the names of those that were off before. */
    List<String> add(Set<Feature> features) {
        var all = EnumSet.noneOf(Feature.class);
        all.addAll(features);
        if (all.contains(Feature.QRESYNC)) {
            all.add(Feature.CONDSTORE); // RFC 7162 §3.2.3
        }
        var names = new ArrayList<String>();
        for (var feature : all) {
            if (on.add(feature)) {
                names.add(feature.token());
            }
        }
        return names;
    }

    void clear() {
        on.clear();
    }
}
