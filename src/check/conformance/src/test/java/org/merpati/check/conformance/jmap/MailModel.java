package org.merpati.check.conformance.jmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an account holds after all that was done to it, as IMAP and JMAP have to tell it. */
final class MailModel {
    /** A mail; where it is, and whether it is marked as deleted there (RFC 8621 §4.1.1). */
    static final class Mail {
        /** Empty until the server has told it. */
        String id = "";

        final String subject;
        final Set<String> keywords = new TreeSet<>();
        final Map<String, Boolean> places = new TreeMap<>();

        Mail(String subject, Set<String> keywords) {
            this.subject = subject;
            this.keywords.addAll(keywords);
        }

        /** The mailboxes that JMAP sees it in. */
        Set<String> visible() {
            return places.entrySet().stream()
                    .filter(place -> !place.getValue())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public String toString() {
            return id + " \"" + subject + "\" " + keywords + " " + places;
        }
    }

    /** What of a mail can change, as JMAP tells it. */
    record Row(String subject, Set<String> mailboxes, Set<String> keywords) {
        Row {
            mailboxes = new TreeSet<>(mailboxes);
            keywords = new TreeSet<>(keywords);
        }
    }

    /** As Mailbox/get counts them. */
    record Counts(int total, int unread) {}

    final Set<String> boxes = new TreeSet<>();
    final List<Mail> mails = new ArrayList<>();

    Mail add(String subject, Set<String> keywords, String box) {
        var mail = new Mail(subject, keywords);
        mail.places.put(box, false);
        mails.add(mail);
        return mail;
    }

    Optional<Mail> find(String id) {
        return mails.stream().filter(mail -> mail.id.equals(id)).findFirst();
    }

    List<Mail> in(String box) {
        return mails.stream().filter(mail -> mail.places.containsKey(box)).toList();
    }

    /** IMAP's COPY: shared where the target has it not, else a mail of its own. */
    void copy(Mail mail, String from, String to) {
        if (mail.places.containsKey(to)) {
            add(mail.subject, mail.keywords, to).places.put(to, mail.places.get(from));
        } else {
            mail.places.put(to, mail.places.get(from));
        }
    }

    void move(Mail mail, String from, String to) {
        copy(mail, from, to);
        mail.places.remove(from);
        forgetGone();
    }

    void expunge(String box) {
        for (var mail : in(box)) {
            mail.places.remove(box, true);
        }
        forgetGone();
    }

    void removeBox(String box) {
        boxes.remove(box);
        mails.forEach(mail -> mail.places.remove(box));
        forgetGone();
    }

    void rename(String box, String name) {
        boxes.remove(box);
        boxes.add(name);
        for (var mail : in(box)) {
            mail.places.put(name, mail.places.remove(box));
        }
    }

    /** A mail that is nowhere is no more. */
    void forgetGone() {
        mails.removeIf(mail -> mail.places.isEmpty());
    }

    Map<String, Row> visible() {
        var rows = new TreeMap<String, Row>();
        for (var mail : mails) {
            if (!mail.visible().isEmpty()) {
                rows.put(mail.id, new Row(mail.subject, mail.visible(), mail.keywords));
            }
        }
        return rows;
    }

    Map<String, Counts> counts() {
        var counts = new TreeMap<String, Counts>();
        for (var box : boxes) {
            var there =
                    mails.stream().filter(mail -> mail.visible().contains(box)).toList();
            int unread = (int) there.stream()
                    .filter(mail -> !mail.keywords.contains("$seen") && !mail.keywords.contains("$draft"))
                    .count();
            counts.put(box, new Counts(there.size(), unread));
        }
        return counts;
    }
}
