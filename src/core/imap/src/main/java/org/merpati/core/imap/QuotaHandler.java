package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Quotas;
import org.merpati.core.store.Quotas.Limits;
import org.merpati.core.store.Quotas.Usage;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.QuotaOf;
import org.merpati.lib.imap.command.QuotaRootOf;
import org.merpati.lib.imap.response.MailboxResponse.Quota;
import org.merpati.lib.imap.response.MailboxResponse.QuotaRoots;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/**
 * GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208). An account's mailboxes have one root, or none while nothing limits them. Where
 * its domain leaves less room than the account's own limit, that is the limit: what others of the domain use is not told.
 */
final class QuotaHandler {
    private static final String ROOT = "user";
    private static final long UNIT = 1024;

    private final Conversation conversation;

    QuotaHandler(Conversation conversation) {
        this.conversation = conversation;
    }

    Completion quota(QuotaOf command) throws IOException {
        var resources = resources();
        if (!command.root().equals(ROOT) || resources.isEmpty()) {
            return Completion.no(Plain.NONEXISTENT, "There is no such quota root");
        }
        conversation.out().send(new Quota(ROOT, resources));
        return Completion.ok("GETQUOTA completed");
    }

    /** Also for a mailbox that is not there yet (RFC 9208 §4.1.2). */
    Completion root(QuotaRootOf command) throws IOException {
        var resources = resources();
        MailboxName mailbox = command.mailbox();
        conversation.out().send(new QuotaRoots(mailbox, resources.isEmpty() ? List.of() : List.of(ROOT)));
        if (!resources.isEmpty()) {
            conversation.out().send(new Quota(ROOT, resources));
        }
        return Completion.ok("GETQUOTAROOT completed");
    }

    Completion set() {
        return Completion.no(Plain.NOPERM, "Quotas are set by who administers this server");
    }

    private List<Quota.Resource> resources() {
        return conversation.call(services -> {
            var quotas = services.get(Quotas.class);
            var account = quotas.account(conversation.account());
            if (account.isEmpty()) {
                return List.of();
            }
            var domain = services.get(Accounts.class)
                    .find(conversation.account())
                    .flatMap(found -> quotas.domain(found.address().domain()))
                    .orElse(new Usage(0, 0, Limits.NONE));
            return resources(account.get().within(domain));
        });
    }

    private static List<Quota.Resource> resources(Usage usage) {
        var resources = new ArrayList<Quota.Resource>();
        usage.limits()
                .octets()
                .ifPresent(limit ->
                        resources.add(new Quota.Resource("STORAGE", (usage.octets() + UNIT - 1) / UNIT, limit / UNIT)));
        usage.limits().emails().ifPresent(limit -> resources.add(new Quota.Resource("MESSAGE", usage.emails(), limit)));
        return resources;
    }
}
