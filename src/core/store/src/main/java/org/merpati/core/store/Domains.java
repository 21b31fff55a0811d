package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.DomainId;

/** The domains that this server takes mail for. */
public interface Domains {
    /** @param name lower-case A-labels */
    record Domain(DomainId id, String name, Instant created, long accounts) {}

    /** The new domain; empty when there is one of that name. */
    Optional<Domain> add(String name);

    /** In the order of their names, from the first after {@code after} (empty: from the start). */
    List<Domain> list(String after, int limit);

    Optional<Domain> find(String name);

    enum Removal {
        REMOVED,
        NO_SUCH_DOMAIN,
        HAS_ACCOUNTS
    }

    /** A domain with accounts stays: their mail is not thrown away in passing. */
    Removal remove(String name);
}
