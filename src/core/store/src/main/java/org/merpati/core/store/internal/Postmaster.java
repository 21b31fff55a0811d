package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.internal.AddressBook.Entry;

/**
 * Who gets mail for a postmaster that nobody has made: the one that the settings name, else the domain's oldest account. No
 * domain is without one as long as it has an account (RFC 5321 §4.5.1).
 */
@ApplicationScoped
public class Postmaster {
    private static final String NAME = "postmaster";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    AddressBook book;

    @Inject
    PlatformHolder server;

    /** Empty for other addresses. */
    Optional<Entry> of(EmailAddress address) {
        return is(address) ? named().or(() -> first(address.domain())) : Optional.empty();
    }

    /** The same for this host's own name where it is no domain here: then the domain above it, then any account, the oldest. */
    Optional<Entry> ofHost(EmailAddress address) {
        var host = EmailAddress.domainKey(server.platform().config().get(Settings.HOSTNAME));
        if (!is(address) || !host.equals(Optional.of(address.domain()))) {
            return Optional.empty();
        }
        var parent = address.domain().substring(address.domain().indexOf('.') + 1);
        return named().or(() -> book.find(NAME + "@" + parent))
                .or(() -> first(parent))
                .or(() -> first(""));
    }

    private static boolean is(EmailAddress address) {
        return address.localPart().equals(NAME);
    }

    private Optional<Entry> named() {
        return server.platform().config().get(Settings.POSTMASTER_ADDRESS).flatMap(book::find);
    }

    /** @param domain empty: any */
    private Optional<Entry> first(String domain) {
        return db.createQuery(
                        "select a.address from Account a, Domain d where a.domainId = d.id"
                                + " and (:domain = '' or d.name = :domain) order by a.id",
                        String.class)
                .setParameter("domain", domain)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .flatMap(book::find);
    }
}
