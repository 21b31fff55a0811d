package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails.Contents;
import org.merpati.core.store.PlatformHolder;

/**
 * What emails contain, in memory within {@code cache.contents-size}. It follows from their octets, which never change, and no
 * id is given twice: so nothing here is ever out of date, and nothing has to be told of changes.
 */
@ApplicationScoped
public class ContentsCache {
    @Inject
    ContentsReader reader;

    @Inject
    PlatformHolder server;

    private final RecentContents recent = new RecentContents();

    /** Those of these that are here. */
    Map<EmailId, Contents> known(AccountId account, List<EmailId> ids) {
        return recent.get(account, ids);
    }

    /** What was read of the account's emails. */
    void put(AccountId account, Collection<Contents> read) {
        recent.put(
                account,
                read,
                server.platform().config().get(Settings.CACHE_CONTENTS_SIZE).octets());
    }

    /** Those of these that the account has: by one statement those that are not here, by none when all are. */
    Map<EmailId, Contents> get(AccountId account, List<EmailId> ids) {
        var found = known(account, ids);
        var missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            var read = reader.read(account, missing);
            put(account, read);
            read.forEach(contents -> found.put(contents.id(), contents));
        }
        return found;
    }
}
