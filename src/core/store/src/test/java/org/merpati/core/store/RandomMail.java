package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Emails.MailboxPatch;
import org.merpati.core.store.Messages.FlagChange;

/** One account, changed at random in the store and in a few maps beside it, which must always agree. */
final class RandomMail {
    private static final List<Keyword> KEYWORDS =
            List.of(Keyword.SEEN, Keyword.FLAGGED, Keyword.DRAFT, new Keyword("project-x"));
    private static final int SIZE = StoreUnderTest.SIZE;

    private static final class Box {
        final MailboxId id;
        String name;
        long uidNext = 1;
        final long uidValidity;
        final TreeMap<Uid, Slot> slots = new TreeMap<>();

        Box(Mailboxes.Mailbox mailbox) {
            id = mailbox.id();
            name = mailbox.name();
            uidValidity = mailbox.uidValidity().value();
        }
    }

    private record Slot(EmailId email, boolean deleted) {}

    private final StoreUnderTest store;
    private final AccountId account;
    private final Random random;
    private final Map<MailboxId, Box> boxes = new TreeMap<>();
    private final Map<EmailId, Set<Keyword>> emails = new TreeMap<>();
    private final Set<EmailId> everSeen = new TreeSet<>();
    private long lastValidity;
    private int names;

    RandomMail(StoreUnderTest store, AccountId account, Random random) {
        this.store = store;
        this.account = account;
        this.random = random;
        for (var mailbox : mailboxes().list(account)) {
            boxes.put(mailbox.id(), new Box(mailbox));
            lastValidity = Math.max(lastValidity, mailbox.uidValidity().value());
        }
    }

    void change() {
        switch (random.nextInt(14)) {
            case 0, 1 -> deliver();
            case 2 -> append();
            case 3, 4 -> flags();
            case 5, 6 -> copyOrMove(false);
            case 7, 8 -> copyOrMove(true);
            case 9 -> expunge();
            case 10, 11 -> updateEmails();
            case 12 -> destroyOrAdd();
            default -> tree();
        }
    }

    private void deliver() {
        var inbox = boxes.values().stream()
                .filter(box -> box.name.equals("INBOX"))
                .findFirst()
                .orElseThrow();
        enter(store.deliver(store.message("s", "", List.of()), account), Set.of(), inbox, false);
    }

    private void append() {
        var box = anyBox();
        var wanted = new ArrayList<NewEmail>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            wanted.add(new NewEmail(
                    store.message("s", "", List.of()), StoreUnderTest.RECEIVED, someKeywords(), random.nextBoolean()));
        }
        var appended = messages().append(account, box.id, wanted).orThrow();
        assertThat(appended.uidValidity().value()).isEqualTo(box.uidValidity);
        assertThat(appended.uids().getFirst().value()).isEqualTo(box.uidNext);
        for (int i = 0; i < wanted.size(); i++) {
            var message = message(box, appended.uids().get(i));
            enter(message.email(), wanted.get(i).keywords(), box, wanted.get(i).deleted());
        }
    }

    private void flags() {
        var box = anyBox();
        var uids = someUids(box);
        var patch = new KeywordPatch(random.nextInt(4) == 0, someKeywords(), someKeywords());
        var deleted = random.nextBoolean() ? Optional.<Boolean>empty() : Optional.of(random.nextBoolean());
        var changed = messages()
                .store(account, box.id, uids, new FlagChange(patch, deleted), Optional.empty())
                .orThrow();
        var expected = new ArrayList<Uid>();
        for (var uid : new TreeSet<>(uids)) {
            var slot = box.slots.get(uid);
            if (slot == null) {
                continue;
            }
            var before = at(emails, slot.email());
            var after = patch.apply(before);
            boolean mark = deleted.orElse(slot.deleted());
            if (!after.equals(before) || mark != slot.deleted()) {
                expected.add(uid);
            }
            emails.put(slot.email(), after);
            box.slots.put(uid, new Slot(slot.email(), mark));
        }
        assertThat(changed.messages()).extracting(Messages.Flags::uid).isEqualTo(expected);
        assertThat(changed.modified()).isEmpty();
        changed.messages().forEach(flags -> {
            var message = message(box, flags.uid());
            assertThat(message.with(flags)).isEqualTo(message);
        });
    }

    private void copyOrMove(boolean away) {
        var from = anyBox();
        var to = anyBox();
        var uids = someUids(from);
        var copied = (away
                        ? messages().move(account, from.id, uids, to.id)
                        : messages().copy(account, from.id, uids, to.id))
                .orThrow();
        var there = uids.stream().filter(from.slots::containsKey).sorted().toList();
        assertThat(copied.from()).isEqualTo(there);
        assertThat(copied.uidValidity().value()).isEqualTo(to.uidValidity);
        var held = to.slots.values().stream().map(Slot::email).collect(Collectors.toSet());
        for (int i = 0; i < there.size(); i++) {
            var slot = at(from.slots, there.get(i));
            var arrived = message(to, copied.to().get(i));
            assertThat(arrived.uid().value()).isEqualTo(to.uidNext);
            if (held.contains(slot.email()) && !(away && from == to)) {
                assertThat(everSeen).doesNotContain(arrived.email());
            } else {
                assertThat(arrived.email()).isEqualTo(slot.email());
            }
            if (away) {
                from.slots.remove(there.get(i));
            }
            enter(arrived.email(), at(emails, slot.email()), to, slot.deleted());
        }
    }

    private void expunge() {
        var box = anyBox();
        var among = random.nextBoolean() ? Optional.<List<Uid>>empty() : Optional.of(someUids(box));
        var expunged = messages().expunge(account, box.id, among).orThrow();
        var expected = box.slots.entrySet().stream()
                .filter(entry -> entry.getValue().deleted())
                .map(Map.Entry::getKey)
                .filter(uid -> among.isEmpty() || among.get().contains(uid))
                .toList();
        assertThat(expunged.uids()).isEqualTo(expected);
        assertThat(expunged.more()).isFalse();
        expected.forEach(box.slots::remove);
        forgetHomeless();
    }

    private void updateEmails() {
        var updates = new ArrayList<Emails.Update>();
        for (var id : someEmails()) {
            var keywords = random.nextBoolean()
                    ? KeywordPatch.NONE
                    : new KeywordPatch(random.nextBoolean(), someKeywords(), someKeywords());
            var mailboxes = random.nextBoolean()
                    ? MailboxPatch.NONE
                    : new MailboxPatch(random.nextInt(3) == 0, someBoxes(), someBoxes());
            updates.add(new Emails.Update(id, keywords, mailboxes));
        }
        var answers = store.via(Emails.class).update(account, updates);
        assertThat(answers.keySet())
                .containsExactlyElementsOf(
                        updates.stream().map(Emails.Update::id).toList());
        for (var update : updates) {
            var before = homes(update.id());
            var seen = seenHomes(update.id());
            var after = new TreeSet<MailboxId>(update.mailboxes().replace() ? Set.of() : seen);
            after.removeAll(update.mailboxes().remove());
            after.addAll(update.mailboxes().add());
            var answer = at(answers, update.id());
            if (seen.isEmpty()) {
                assertThat(answer).isEqualTo(Attempt.refused(Attempt.Refusal.NO_SUCH_EMAIL));
            } else if (after.isEmpty()) {
                assertThat(answer).isEqualTo(Attempt.refused(Attempt.Refusal.NO_MAILBOX_LEFT));
            } else {
                answer.orThrow();
                emails.put(update.id(), update.keywords().apply(at(emails, update.id())));
                for (var box : boxes.values()) {
                    boolean named = update.mailboxes().replace()
                            || update.mailboxes().remove().contains(box.id);
                    boolean enters = !seen.contains(box.id) && after.contains(box.id);
                    boolean leaves = seen.contains(box.id) ? !after.contains(box.id) : named || enters;
                    if (before.contains(box.id) && leaves) {
                        box.slots.values().removeIf(slot -> slot.email().equals(update.id()));
                    }
                    if (enters) {
                        box.slots.put(new Uid(box.uidNext++), new Slot(update.id(), false));
                    }
                }
            }
        }
    }

    /** Where it is not marked as deleted (RFC 8621 §4.1.1). */
    private Set<MailboxId> seenHomes(EmailId id) {
        return boxes.values().stream()
                .filter(box -> box.slots.values().stream()
                        .anyMatch(slot -> slot.email().equals(id) && !slot.deleted()))
                .map(box -> box.id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void destroyOrAdd() {
        if (random.nextBoolean()) {
            var ids = someEmails();
            var seen = ids.stream().filter(id -> !seenHomes(id).isEmpty()).toList();
            assertThat(store.via(Emails.class).destroy(account, ids)).containsExactlyInAnyOrderElementsOf(seen);
            boxes.values().forEach(box -> box.slots.values().removeIf(slot -> seen.contains(slot.email())));
            forgetHomeless();
            return;
        }
        var homes = someBoxes();
        var keywords = someKeywords();
        var wanted = new NewEmail(store.message("s", "", List.of()), StoreUnderTest.RECEIVED, keywords, false);
        var attempt = store.via(Emails.class).add(account, wanted, homes);
        if (homes.isEmpty()) {
            assertThat(attempt).isEqualTo(Attempt.refused(Attempt.Refusal.NO_MAILBOX_LEFT));
        } else {
            var id = attempt.orThrow().id();
            homes.forEach(home -> enter(id, keywords, at(boxes, home), false));
        }
    }

    private void tree() {
        var box = anyBox();
        boolean fixed = box.name.equals("INBOX") || boxes.size() < 4;
        switch (random.nextInt(3)) {
            case 0 -> make(random.nextBoolean() ? box.name + "/n" + names++ : "n" + names++);
            case 1 -> {
                if (!fixed) {
                    rename(box);
                }
            }
            default -> {
                boolean above = boxes.values().stream().anyMatch(other -> other.name.startsWith(box.name + "/"));
                if (!fixed && !above) {
                    assertThat(mailboxes().remove(account, box.id, true).orThrow())
                            .isTrue();
                    boxes.remove(box.id);
                    forgetHomeless();
                }
            }
        }
    }

    private void make(String name) {
        if (boxes.size() < 12) {
            var made =
                    mailboxes().create(account, Mailboxes.Creation.named(name)).orThrow();
            assertThat(made.uidValidity().value()).isGreaterThan(lastValidity);
            lastValidity = made.uidValidity().value();
            boxes.put(made.id(), new Box(made));
        }
    }

    private void rename(Box box) {
        var old = box.name;
        var name = "r!%_" + names++;
        mailboxes().update(account, box.id, Mailboxes.Update.renaming(name)).orThrow();
        for (var other : boxes.values()) {
            if (other.name.equals(old) || other.name.startsWith(old + "/")) {
                other.name = name + other.name.substring(old.length());
            }
        }
    }

    /** Everything the store tells of the account is what the maps say, and what the replica was told. */
    void compare(Replica replica) {
        var listed = mailboxes().list(account);
        assertThat(listed).hasSize(boxes.size());
        var homes = new HashMap<EmailId, Set<MailboxId>>();
        for (var mailbox : listed) {
            var box = at(boxes, mailbox.id());
            assertThat(mailbox.name()).isEqualTo(box.name);
            assertThat(mailbox.uidNext().value()).isEqualTo(box.uidNext);
            assertThat(mailbox.uidValidity().value()).isEqualTo(box.uidValidity);
            assertThat(mailbox.messages()).isEqualTo(box.slots.size());
            assertThat(mailbox.size()).isEqualTo((long) SIZE * box.slots.size());
            assertThat(mailbox.unseen())
                    .isEqualTo(box.slots.values().stream()
                            .filter(slot -> !at(emails, slot.email()).contains(Keyword.SEEN))
                            .count());
            assertThat(mailbox.deleted())
                    .isEqualTo(box.slots.values().stream().filter(Slot::deleted).count());
            var flags = new TreeMap<Uid, Replica.Flags>();
            box.slots.forEach((uid, slot) -> {
                flags.put(uid, new Replica.Flags(slot.email(), slot.deleted(), at(emails, slot.email())));
                homes.computeIfAbsent(slot.email(), id -> new TreeSet<>()).add(box.id);
            });
            var read = new TreeMap<Uid, Replica.Flags>();
            messages()
                    .page(account, box.id, new Uid(0), new Uid(box.uidNext))
                    .forEach(message -> read.put(
                            message.uid(), new Replica.Flags(message.email(), message.deleted(), message.keywords())));
            assertThat(read).isEqualTo(flags);
            assertThat(replica.folder(box.id)).isEqualTo(flags);
            assertThat(replica.names).containsEntry(box.id, box.name);
        }
        var mail = new HashMap<EmailId, Replica.Mail>();
        emails.forEach((id, keywords) -> mail.put(id, new Replica.Mail(at(homes, id), keywords)));
        assertThat(replica.emails).isEqualTo(mail);
    }

    private void enter(EmailId email, Set<Keyword> keywords, Box box, boolean deleted) {
        emails.putIfAbsent(email, new TreeSet<>(keywords));
        everSeen.add(email);
        box.slots.put(new Uid(box.uidNext++), new Slot(email, deleted));
    }

    private void forgetHomeless() {
        emails.keySet().removeIf(id -> homes(id).isEmpty());
    }

    private Set<MailboxId> homes(EmailId id) {
        return boxes.values().stream()
                .filter(box -> box.slots.values().stream()
                        .anyMatch(slot -> slot.email().equals(id)))
                .map(box -> box.id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <K, V> V at(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private Messages.Message message(Box box, Uid uid) {
        return messages().page(account, box.id, new Uid(uid.value() - 1), uid).getFirst();
    }

    private Box anyBox() {
        return new ArrayList<>(boxes.values()).get(random.nextInt(boxes.size()));
    }

    private Set<MailboxId> someBoxes() {
        var some = new ArrayList<>(boxes.keySet());
        Collections.shuffle(some, random);
        return Set.copyOf(some.subList(0, random.nextInt(3)));
    }

    /** Some that are there, in any order, and some that are not. */
    private List<Uid> someUids(Box box) {
        var uids = new ArrayList<>(box.slots.keySet());
        uids.add(new Uid(box.uidNext + random.nextInt(5)));
        Collections.shuffle(uids, random);
        return List.copyOf(uids.subList(0, 1 + random.nextInt(Math.min(7, uids.size()))));
    }

    private List<EmailId> someEmails() {
        var ids = new ArrayList<>(everSeen);
        Collections.shuffle(ids, random);
        return List.copyOf(ids.subList(0, Math.min(ids.size(), random.nextInt(6))));
    }

    private Set<Keyword> someKeywords() {
        return KEYWORDS.stream().filter(keyword -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }

    private Mailboxes mailboxes() {
        return store.via(Mailboxes.class);
    }

    private Messages messages() {
        return store.via(Messages.class);
    }
}
