package org.merpati.core.imap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.EmailId;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.ImapWriter;

/**
 * Envelopes and body structures as they were written, those asked for last within {@code cache.views-size}: to take a message's
 * header and parts from what is stored, and write them, costs ten times as much as to copy the result. They follow from octets
 * that never change, and no email's id is given twice: nothing here is ever out of date. Safe for any number of threads.
 */
final class WrittenViews {
    /** About what objects, references and the map take of each view beside its octets. */
    static final int OVERHEAD = 128;

    private record Key(EmailId email, FetchItem.Described item, boolean utf8) {}

    private final Config config;
    private final Map<Key, FetchValue.Written> views = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    WrittenViews(Config config) {
        this.config = config;
    }

    /**
     * The view, which is made when it is not here.
     *
     * @param email one that the client may read
     * @param make empty when the message has to be read for it
     */
    Optional<FetchValue> get(
            EmailId email, FetchItem.Described item, boolean utf8, Supplier<Optional<FetchValue>> make) {
        var key = new Key(email, item, utf8);
        var known = find(key);
        if (known.isPresent()) {
            return known;
        }
        var made = make.get().map(value -> ImapWriter.written(value, utf8));
        made.ifPresent(view -> keep(key, view));
        return made.map(view -> view);
    }

    private synchronized Optional<FetchValue> find(Key key) {
        return Optional.ofNullable(views.get(key));
    }

    /** What was not asked for for longest goes until no more than the setting's octets are left. */
    private synchronized void keep(Key key, FetchValue.Written view) {
        long most = config.get(Settings.CACHE_VIEWS_SIZE).octets();
        if (OVERHEAD + view.size() > most) {
            return;
        }
        var before = views.put(key, view);
        octets += view.size() - (before == null ? -OVERHEAD : before.size());
        var eldest = views.values().iterator();
        while (octets > most) {
            octets -= OVERHEAD + eldest.next().size();
            eldest.remove();
        }
    }

    /** About what all of it takes on the heap. */
    synchronized long octets() {
        return octets;
    }
}
