package org.merpati.core.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
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
            return resources(account.get(), domain);
        });
    }

    private static List<Quota.Resource> resources(Usage account, Usage domain) {
        var resources = new ArrayList<Quota.Resource>();
        long octets = limit(account, domain, Usage::octets, Limits::octets);
        if (octets < Long.MAX_VALUE) {
            resources.add(new Quota.Resource("STORAGE", (account.octets() + UNIT - 1) / UNIT, octets / UNIT));
        }
        long emails = limit(account, domain, Usage::emails, Limits::emails);
        if (emails < Long.MAX_VALUE) {
            resources.add(new Quota.Resource("MESSAGE", account.emails(), emails));
        }
        return resources;
    }

    /** {@code Long.MAX_VALUE}: none. */
    private static long limit(
            Usage account, Usage domain, ToLongFunction<Usage> used, Function<Limits, OptionalLong> limit) {
        var shared = limit.apply(domain.limits());
        long left = shared.isPresent()
                ? used.applyAsLong(account) + Math.max(0, shared.getAsLong() - used.applyAsLong(domain))
                : Long.MAX_VALUE;
        return Math.min(left, limit.apply(account.limits()).orElse(Long.MAX_VALUE));
    }
}
