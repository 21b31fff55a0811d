package org.merpati.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.DomainId;
import org.merpati.core.api.mail.EmailAddress;

/** The domains that this server takes mail for. */
public interface Domains {
    /**
     * @param name lower-case A-labels
     * @param subaddressing whether mail for {@code ann+anything} is mail for {@code ann}
     * @param catchAll who takes mail for addresses of the domain that there are not; empty: it is refused
     */
    record Domain(
            DomainId id,
            String name,
            Instant created,
            long accounts,
            boolean subaddressing,
            Optional<EmailAddress> catchAll) {}

    /** The new domain, with subaddressing and without a catch-all; empty when there is one of that name. */
    Optional<Domain> add(String name);

    /** In the order of their names, from the first after {@code after} (empty: from the start). */
    List<Domain> list(String after, int limit);

    Optional<Domain> find(String name);

    /** False when there is no such domain. */
    boolean setSubaddressing(String name, boolean on);

    enum CatchAll {
        SET,
        NO_SUCH_DOMAIN,
        /** It is no account, alias or list here. */
        NO_SUCH_ADDRESS
    }

    /** @param address in any domain here; empty: mail for nobody is refused */
    CatchAll setCatchAll(String name, Optional<EmailAddress> address);

    enum Removal {
        REMOVED,
        NO_SUCH_DOMAIN,
        HAS_ACCOUNTS,
        /** Aliases or lists. */
        HAS_ADDRESSES
    }

    /** A domain with accounts, aliases or lists stays: what they stand for is not thrown away in passing. */
    Removal remove(String name);
}
