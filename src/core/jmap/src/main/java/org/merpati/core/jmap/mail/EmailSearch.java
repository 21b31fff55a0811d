package org.merpati.core.jmap.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.ThreadId;
import org.merpati.core.jmap.Call;
import org.merpati.core.jmap.Ids;
import org.merpati.core.jmap.QueryType.Found;
import org.merpati.core.jmap.QueryType.Moved;
import org.merpati.core.jmap.QueryType.Search;
import org.merpati.core.jmap.QueryType.Window;
import org.merpati.core.jmap.blob.BlobId;
import org.merpati.core.jmap.blob.PartOctets;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Threads;
import org.merpati.lib.jmap.Filter;

/**
 * One query of Emails. What the index in memory tells is asked first; messages are read only where that leaves it open, a page
 * at a time.
 */
final class EmailSearch implements Search {
    private static final int PAGE = 100;

    /** So many pages of changes are looked at. */
    private static final int MOST_PAGES = 20;

    private enum Truth {
        NO,
        MAYBE,
        YES
    }

    private final Filter<EmailCondition> filter;
    private final EmailOrder order;
    private final boolean collapse;
    private final Call call;

    EmailSearch(Filter<EmailCondition> filter, EmailOrder order, boolean collapse, Call call) {
        this.filter = filter;
        this.order = order;
        this.collapse = collapse;
        this.call = call;
    }

    @Override
    public boolean knowsChanges() {
        return !any(filter, condition -> !condition.ofMessage().isEmpty());
    }

    @Override
    public boolean isImmutable() {
        return !collapse && !order.mutable() && !any(filter, EmailCondition::mutable);
    }

    @Override
    public Optional<Window> window(AccountId account, long position, int limit) {
        var ascending = order.byReceived();
        boolean all = switch (filter) {
            case Filter.Condition<EmailCondition>(var condition) -> condition.isEmpty();
            case Filter.Combined<EmailCondition>(var operator, var conditions) ->
                conditions.isEmpty() && operator == Filter.Operator.AND;
        };
        var mailbox = filter instanceof Filter.Condition<EmailCondition> one
                        && one.condition().isOnlyInMailbox()
                ? one.condition().inMailbox()
                : Optional.<MailboxId>empty();
        if (ascending.isEmpty() || collapse || (!all && mailbox.isEmpty())) {
            return Optional.empty();
        }
        return call.door()
                .call(services -> {
                    var mailboxes = services.get(Mailboxes.class);
                    var boxes = mailbox.isPresent()
                            ? mailboxes.find(account, mailbox.get()).stream().toList()
                            : mailboxes.list(account);
                    if (boxes.stream().anyMatch(box -> box.deleted() > 0)) {
                        return Optional.<Emails.Found>empty(); // the store counts what is not visible here
                    }
                    return Optional.of(services.get(Emails.class)
                            .query(account, mailbox, ascending.get(), position, Math.max(limit, 1)));
                })
                .orThrow()
                .map(found -> {
                    long first = position < 0 ? Math.max(0, found.total() + position) : position;
                    var ids = found.ids().stream()
                            .limit(limit)
                            .map(id -> IdKind.EMAIL.id(id.value()))
                            .toList();
                    return new Window(ids, first, found.total(), found.state());
                });
    }

    @Override
    public Found run(AccountId account) throws IOException {
        var only = only(filter).filter(mailbox -> !order.wide() && !any(filter, EmailCondition::wide));
        var indexes = call.door()
                .call(services -> services.get(Emails.class).indexes(account))
                .orThrow();
        // several conditions on mailboxes ask about more than one
        var index = EmailIndex.of(indexes, manyMailboxes() ? Optional.empty() : only);
        var places = new ArrayList<Integer>();
        var open = new ArrayList<Integer>();
        for (int place = 0; place < index.size(); place++) {
            var truth = truth(filter, index, place);
            if (truth == Truth.MAYBE || (truth == Truth.YES && order.readsMessages())) {
                open.add(place);
            } else if (truth == Truth.YES) {
                places.add(place);
            }
        }
        var sorting = order.new Sorting(index);
        for (int from = 0; from < open.size(); from += PAGE) {
            read(account, index, open.subList(from, Math.min(open.size(), from + PAGE)), sorting, places);
        }
        places.sort(sorting.order());
        return new Found(Ids.of(IdKind.EMAIL, collapsed(index, places)), index.state());
    }

    /** Looks into these messages, and keeps those that match. */
    private void read(
            AccountId account, EmailIndex index, List<Integer> open, EmailOrder.Sorting sorting, List<Integer> matching)
            throws IOException {
        var ids = open.stream().map(place -> new EmailId(index.email(place))).toList();
        var seen = new HashMap<Long, Emails.Seen>();
        call.door()
                .call(services -> services.get(Emails.class).read(account, ids, true))
                .orThrow()
                .emails()
                .forEach(one -> seen.put(one.email().id().value(), one));
        for (var place : open) {
            var one = seen.get(index.email(place));
            if (one != null) {
                var mail = new SearchedMail(source(one));
                if (holds(filter, index, place, mail)) {
                    sorting.take(place, mail);
                    matching.add(place);
                }
            }
        }
    }

    private MailSource source(Emails.Seen one) throws IOException {
        return MailSource.of(
                BlobId.of(one.email().id()),
                PartOctets.of(call.platform().blobs(), one.email().blob()),
                one.contents().structure(),
                one.contents().preview());
    }

    private long[] collapsed(EmailIndex index, List<Integer> places) {
        var threads = new LongSet();
        return places.stream()
                .filter(place -> {
                    int before = threads.size();
                    return !collapse || threads.add(index.thread(place)) == before;
                })
                .mapToLong(index::email)
                .toArray();
    }

    /** What the index alone says. */
    private static Truth truth(Filter<EmailCondition> filter, EmailIndex index, int place) {
        return switch (filter) {
            case Filter.Condition<EmailCondition>(var condition) -> {
                for (var test : condition.indexed()) {
                    if (!test.holds(index, place)) {
                        yield Truth.NO;
                    }
                }
                yield condition.ofMessage().isEmpty() ? Truth.YES : Truth.MAYBE;
            }
            case Filter.Combined<EmailCondition>(var operator, var conditions) -> {
                boolean and = operator == Filter.Operator.AND;
                var decisive = and ? Truth.NO : Truth.YES;
                var result = and ? Truth.YES : Truth.NO;
                for (var condition : conditions) {
                    var one = truth(condition, index, place);
                    if (one == decisive) {
                        result = decisive;
                        break;
                    }
                    result = one == Truth.MAYBE ? Truth.MAYBE : result;
                }
                yield operator == Filter.Operator.NOT ? not(result) : result;
            }
        };
    }

    private static Truth not(Truth truth) {
        return switch (truth) {
            case NO -> Truth.YES;
            case MAYBE -> Truth.MAYBE;
            case YES -> Truth.NO;
        };
    }

    static boolean holds(Filter<EmailCondition> filter, EmailIndex index, int place, SearchedMail mail)
            throws IOException {
        switch (filter) {
            case Filter.Condition<EmailCondition>(var condition) -> {
                for (var test : condition.indexed()) {
                    if (!test.holds(index, place)) {
                        return false;
                    }
                }
                for (var test : condition.ofMessage()) {
                    if (!test.holds(mail)) {
                        return false;
                    }
                }
                return true;
            }
            case Filter.Combined<EmailCondition>(var operator, var conditions) -> {
                boolean and = operator == Filter.Operator.AND;
                for (var condition : conditions) {
                    if (holds(condition, index, place, mail) != and) {
                        return operator == Filter.Operator.OR;
                    }
                }
                return operator != Filter.Operator.OR;
            }
        }
    }

    /** The one mailbox in which all that matches is. */
    private static Optional<MailboxId> only(Filter<EmailCondition> filter) {
        return switch (filter) {
            case Filter.Condition<EmailCondition>(var condition) -> condition.inMailbox();
            case Filter.Combined<EmailCondition>(var operator, var conditions) ->
                operator != Filter.Operator.AND
                        ? Optional.empty()
                        : conditions.stream()
                                .flatMap(condition -> only(condition).stream())
                                .findFirst();
        };
    }

    private boolean manyMailboxes() {
        var mailboxes = new HashSet<MailboxId>();
        any(filter, condition -> {
            condition.inMailbox().ifPresent(mailboxes::add);
            return false;
        });
        return mailboxes.size() > 1;
    }

    static boolean any(Filter<EmailCondition> filter, Predicate<EmailCondition> test) {
        return switch (filter) {
            case Filter.Condition<EmailCondition>(var condition) -> test.test(condition);
            case Filter.Combined<EmailCondition> combined -> {
                boolean found = false;
                for (var condition : combined.conditions()) {
                    found |= any(condition, test);
                }
                yield found;
            }
        };
    }

    /** Where threads matter, an email moves with all the others of its thread. */
    @Override
    public Optional<Moved> moved(AccountId account, ModSeq since) {
        var there = new HashSet<EmailId>();
        var gone = new HashSet<EmailId>();
        var threads = new LongSet();
        var state = changes(account, since, there, gone);
        boolean ofThreads = collapse || order.wide() || any(filter, EmailCondition::wide);
        if (state == null || (ofThreads && !threads(account, since, threads))) {
            return Optional.empty();
        }
        if (ofThreads && !(there.isEmpty() && gone.isEmpty())) {
            var index = EmailIndex.of(
                    call.door()
                            .call(services -> services.get(Emails.class).indexes(account))
                            .orThrow(),
                    Optional.empty());
            for (var email : there) {
                int place = index.find(email.value());
                if (place >= 0) {
                    threads.add(index.thread(place));
                }
            }
            for (int place = 0; place < index.size(); place++) {
                if (threads.contains(index.thread(place))) {
                    there.add(new EmailId(index.email(place)));
                }
            }
        }
        return Optional.of(new Moved(ids(there), ids(gone), state));
    }

    private @Nullable ModSeq changes(AccountId account, ModSeq since, Set<EmailId> there, Set<EmailId> gone) {
        var from = since;
        for (int page = 0; page < MOST_PAGES; page++) {
            var at = from;
            var changes = call.door()
                    .call(services -> services.get(Emails.class).changes(account, at, Emails.PAGE))
                    .orThrow();
            if (changes.isEmpty()) {
                return null;
            }
            there.addAll(changes.get().created());
            there.addAll(changes.get().updated());
            gone.addAll(changes.get().destroyed());
            from = changes.get().state();
            if (!changes.get().more()) {
                there.removeAll(gone);
                return from;
            }
        }
        return null;
    }

    /** The threads that gained or lost emails. */
    private boolean threads(AccountId account, ModSeq since, LongSet into) {
        var from = since;
        for (int page = 0; page < MOST_PAGES; page++) {
            var at = from;
            var changes = call.door()
                    .call(services -> services.get(Threads.class).changes(account, at, Emails.PAGE))
                    .orThrow();
            if (changes.isEmpty()) {
                return false;
            }
            for (ThreadId thread : changes.get().created()) {
                into.add(thread.value());
            }
            for (ThreadId thread : changes.get().updated()) {
                into.add(thread.value());
            }
            from = changes.get().state();
            if (!changes.get().more()) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> ids(Set<EmailId> numbers) {
        var ids = new HashSet<String>();
        numbers.forEach(id -> ids.add(IdKind.EMAIL.id(id.value())));
        return ids;
    }
}
