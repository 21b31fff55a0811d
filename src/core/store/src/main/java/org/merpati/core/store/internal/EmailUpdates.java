package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.Emails.Update;
import org.merpati.core.store.KeywordPatch;

/** Email/set update (RFC 8621 §4.6): all that may happen is done together, in a number of statements that does not depend on how much. */
@ApplicationScoped
public class EmailUpdates {
    @Inject
    Sql sql;

    @Inject
    AccountChanges changes;

    @Inject
    Memberships memberships;

    @Inject
    EmailRows emails;

    private record Standing(long id, Set<Keyword> keywords, ModSeq modSeq) {}

    /** What is to be written when all updates have been looked at. */
    private static final class Plan {
        final List<EmailRows.KeywordChange> keywords = new ArrayList<>();
        final List<Place> left = new ArrayList<>();
        final List<Place> entered = new ArrayList<>();
        /** The next uid of each mailbox that emails enter. */
        final Map<Long, Long> given = new HashMap<>();

        boolean isEmpty() {
            return keywords.isEmpty() && left.isEmpty() && entered.isEmpty();
        }
    }

    Map<EmailId, Attempt<ModSeq>> update(AccountId account, List<Update> updates) {
        var modSeq = changes.begin(account);
        var answers = new LinkedHashMap<EmailId, Attempt<ModSeq>>();
        if (modSeq.isEmpty()) {
            updates.forEach(update -> answers.put(update.id(), Attempt.refused(Refusal.NO_SUCH_ACCOUNT)));
            return answers;
        }
        var standing = standing(account, updates);
        var places = memberships.places(standing.keySet()).stream().collect(Collectors.groupingBy(Place::email));
        var boxes = memberships.boxes(
                account,
                updates.stream()
                        .flatMap(update -> update.mailboxes().add().stream())
                        .map(mailbox -> mailbox.value())
                        .collect(Collectors.toCollection(TreeSet::new)));
        var plan = new Plan();
        for (var update : updates) {
            var email = standing.get(update.id().value());
            var answer = email == null
                    ? Attempt.<ModSeq>refused(Refusal.NO_SUCH_EMAIL)
                    : plan(plan, update, email, places.getOrDefault(email.id(), List.of()), boxes, modSeq.get());
            if (answers.put(update.id(), answer) != null) {
                throw new IllegalArgumentException("an email is updated twice");
            }
        }
        if (!plan.isEmpty()) {
            write(account, plan, modSeq.get());
        }
        return answers;
    }

    private Map<Long, Standing> standing(AccountId account, List<Update> updates) {
        return sql
                .select(
                        row -> new Standing(
                                row.getLong(1), Keywords.read(row.getString(2)), new ModSeq(row.getLong(3))),
                        "select e.id, e.keywords, e.modseq from " + Sql.IDS
                                + " left join email e on e.id = n.id where e.account_id = ?",
                        Memberships.array(updates.stream()
                                .map(update -> update.id().value())
                                .toList()),
                        account.value())
                .stream()
                .collect(Collectors.toMap(Standing::id, email -> email));
    }

    private static Attempt<ModSeq> plan(
            Plan plan,
            Update update,
            Standing email,
            List<Place> places,
            Map<Long, Memberships.Box> boxes,
            ModSeq modSeq) {
        var keywords = update.keywords().apply(email.keywords());
        boolean newKeywords = !keywords.equals(email.keywords());
        if (newKeywords && keywords.size() > KeywordPatch.MOST) {
            return Attempt.refused(Refusal.TOO_MANY_KEYWORDS);
        }
        // where it is marked as deleted it is not, for who sees it as JMAP does (RFC 8621 §4.1.1)
        var before = new TreeSet<Long>();
        places.stream().filter(place -> !place.deleted()).forEach(place -> before.add(place.mailbox()));
        if (before.isEmpty()) {
            return Attempt.refused(Refusal.NO_SUCH_EMAIL);
        }
        var after = mailboxes(update.mailboxes(), before);
        if (after.isEmpty()) {
            return Attempt.refused(Refusal.NO_MAILBOX_LEFT);
        }
        var entered = new TreeSet<>(after);
        entered.removeAll(before);
        if (!boxes.keySet().containsAll(entered)) {
            return Attempt.refused(Refusal.NO_SUCH_MAILBOX);
        }
        if (entered.stream()
                .anyMatch(mailbox -> !boxes.get(mailbox).hasUids(1 + plan.given.getOrDefault(mailbox, 0L)))) {
            return Attempt.refused(Refusal.NO_UIDS_LEFT);
        }
        if (newKeywords) {
            plan.keywords.add(new EmailRows.KeywordChange(email.id(), email.keywords(), keywords));
        }
        boolean seen = keywords.contains(Keyword.SEEN);
        long size = places.getFirst().size();
        var left = places.stream()
                .filter(place -> place.deleted()
                        ? entered.contains(place.mailbox()) || leaves(update.mailboxes(), place.mailbox())
                        : !after.contains(place.mailbox()))
                .toList();
        for (var place : left) {
            plan.left.add(new Place(place.mailbox(), place.uid(), email.id(), place.deleted(), seen, size));
        }
        for (long mailbox : entered) {
            long uid = boxes.get(mailbox).uidNext() + plan.given.merge(mailbox, 1L, Long::sum) - 1;
            plan.entered.add(new Place(mailbox, uid, email.id(), false, seen, size));
        }
        return Attempt.made(newKeywords || !left.isEmpty() || !entered.isEmpty() ? modSeq : email.modSeq());
    }

    private static boolean leaves(MailboxPatch patch, long mailbox) {
        return patch.replace() || patch.remove().contains(new MailboxId(mailbox));
    }

    private static Set<Long> mailboxes(MailboxPatch patch, Set<Long> before) {
        var after = new TreeSet<Long>();
        if (!patch.replace()) {
            after.addAll(before);
        }
        patch.remove().forEach(mailbox -> after.remove(mailbox.value()));
        patch.add().forEach(mailbox -> after.add(mailbox.value()));
        return after;
    }

    private void write(AccountId account, Plan plan, ModSeq modSeq) {
        var counters = new Counters();
        emails.write(account, plan.keywords, modSeq, counters, Optional.empty()); // as long as they are where they were
        if (!plan.left.isEmpty()) {
            memberships.bury(plan.left, modSeq);
            counters.remove(plan.left);
        }
        if (!plan.entered.isEmpty()) {
            memberships.insert(account, plan.entered, modSeq);
            counters.add(plan.entered);
            plan.given.forEach(counters::give);
        }
        var moved = new TreeSet<Long>();
        plan.left.forEach(place -> moved.add(place.email()));
        plan.entered.forEach(place -> moved.add(place.email()));
        emails.touch(moved, modSeq);
        counters.write(sql, modSeq);
        var kinds = EnumSet.of(Change.Kind.EMAIL);
        if (!moved.isEmpty()
                || plan.keywords.stream()
                        .anyMatch(change -> Keywords.unread(change.before()) != Keywords.unread(change.after()))) {
            kinds.add(Change.Kind.MAILBOX);
        }
        changes.record(account, modSeq, kinds);
    }
}
