package org.merpati.check.conformance.jmap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.merpati.check.conformance.jmap.Answers.names;
import static org.merpati.check.conformance.jmap.Answers.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * IMAP and JMAP clients and deliveries at one account, in any order. After each step both tell what the model has, and changes
 * since any state before lead from what was then to what is now.
 */
class RandomMailTest {
    private static final int STEPS = 120;
    private static final List<String> KEYWORDS = List.of("$seen", "$flagged", "work", "home");
    private static final String INBOX = "INBOX";

    /** What JMAP told at a state of each type. */
    private record Then(
            Map<String, String> states,
            Map<String, MailModel.Row> mails,
            Map<String, String> rawMails,
            Map<String, String> mailboxes,
            Map<String, Set<String>> threads) {
        String state(String type) {
            return Objects.requireNonNull(states.get(type));
        }
    }

    private final List<String> done = new ArrayList<>();
    private final List<Then> past = new ArrayList<>();
    private Random random = new Random(0);
    private MailModel model = new MailModel();
    private Map<String, String> boxIds = new TreeMap<>();
    private int marks;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bothTellTheSame(long seed) throws Exception {
        random = new Random(seed);
        try (var server = new ServerForClients(Map.of());
                var imap = new Imap(server.imapPort());
                var watcher = new Imap(server.imapPort())) {
            var jmap = server.jmap();
            watcher.command("SELECT INBOX");
            for (var box : mailboxes(jmap)) {
                model.boxes.add(box.path("name").asText());
            }
            learnBoxes(jmap);
            for (int step = 0; step < STEPS; step++) {
                act(server, imap, jmap);
                check(imap, watcher, jmap);
            }
        } catch (AssertionError | IOException | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ", after\n" + String.join("\n", done) + "\n" + e + "\nthe model: " + model.mails,
                    e);
        }
    }

    private static JsonNode mailboxes(Jmap jmap) {
        return jmap.run(Call.of("Mailbox/get", "'ids':null,'properties':['name','totalEmails','unreadEmails']"))
                .ok(0)
                .path("list");
    }

    /** IMAP's names: the inbox is INBOX. */
    private static String name(JsonNode box) {
        return box.path("name").asText().equalsIgnoreCase(INBOX)
                ? INBOX
                : box.path("name").asText();
    }

    private void learnBoxes(Jmap jmap) {
        boxIds = new TreeMap<>();
        for (var box : mailboxes(jmap)) {
            boxIds.put(name(box), box.path("id").asText());
        }
    }

    private String boxId(String name) {
        return Objects.requireNonNull(boxIds.get(name), name);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String anyBox() {
        return any(List.copyOf(model.boxes));
    }

    private Set<String> anyKeywords() {
        var some = new TreeSet<String>();
        KEYWORDS.stream().filter(keyword -> random.nextInt(3) == 0).forEach(some::add);
        return some;
    }

    private String mark() {
        return "mark " + ++marks;
    }

    private static String message(String mark) {
        return "From: bima@example.net\r\nTo: ani@example.org\r\nSubject: " + mark + "\r\nMessage-ID: <"
                + mark.replace(' ', '.') + "@example.net>\r\n\r\nhello\r\n";
    }

    private void act(ServerForClients server, Imap imap, Jmap jmap) throws IOException {
        var from = anyBox();
        var there = model.in(from);
        int action = random.nextInt(20);
        if (there.isEmpty() && action >= 5 && action <= 16) {
            action = random.nextInt(3);
        }
        switch (action) {
            case 0 -> deliver(server.smtpPort());
            case 1 -> append(imap, from);
            case 2 -> importMail(jmap, from);
            case 3 -> createBox(imap, jmap);
            case 4 -> renameBox(imap, jmap);
            case 5, 6 -> storeKeyword(imap, from, any(there));
            case 7, 8 -> storeDeleted(imap, from, any(there));
            case 9 -> expunge(imap, from);
            case 10 -> copy(imap, from, any(there), anyBox());
            case 11 -> move(imap, from, any(there), anyBox());
            case 12, 13 -> setKeywords(jmap, any(there));
            case 14, 15 -> setMailboxes(jmap, any(there));
            case 16 -> destroy(jmap, any(there));
            case 17 -> removeBox(imap, jmap);
            default -> deliver(server.smtpPort());
        }
    }

    private void did(String what) {
        done.add(done.size() + 1 + ": " + what);
    }

    private void deliver(int port) throws IOException {
        var mark = mark();
        did("deliver " + mark);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            in.readLine();
            for (var line : List.of(
                    "HELO localhost",
                    "MAIL FROM:<bima@example.net>",
                    "RCPT TO:<" + ServerForClients.ANI + ">",
                    "DATA",
                    message(mark) + ".",
                    "QUIT")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
                assertThat(in.readLine()).as(line).matches("[23].*");
            }
        }
        model.add(mark, Set.of(), INBOX);
    }

    private void append(Imap imap, String box) throws IOException {
        var mark = mark();
        var keywords = anyKeywords();
        did("APPEND " + box + " " + keywords + " " + mark);
        var flags = keywords.stream().map(RandomMailTest::flag).toList();
        imap.command("APPEND \"" + box + "\" (" + String.join(" ", flags) + ") {"
                + message(mark).length() + "+}\r\n" + message(mark));
        model.add(mark, keywords, box);
    }

    private static String flag(String keyword) {
        return keyword.startsWith("$") ? "\\" + keyword.substring(1) : keyword;
    }

    private void importMail(Jmap jmap, String box) {
        var mark = mark();
        var keywords = anyKeywords();
        var other = anyBox();
        did("Email/import " + box + " " + other + " " + keywords + " " + mark);
        var blob =
                jmap.upload("message/rfc822", message(mark).getBytes(US_ASCII)).path("blobId");
        var answer = jmap.run(Call.of(
                "Email/import",
                "'emails':{'new':{'blobId':?,'mailboxIds':?,'keywords':?}}",
                blob,
                truths(List.of(boxId(box), boxId(other))),
                truths(keywords)));
        assertThat(names(answer.ok(0).path("created"))).containsExactly("new");
        model.add(mark, keywords, box).places.put(other, false);
    }

    private static Map<String, Boolean> truths(Iterable<String> names) {
        var truths = new TreeMap<String, Boolean>();
        names.forEach(name -> truths.put(name, true));
        return truths;
    }

    private static long uid(Imap imap, String box, MailModel.Mail mail) throws IOException {
        imap.command("SELECT \"" + box + "\"");
        return imap.messages().stream()
                .filter(seen -> seen.id().equals(mail.id))
                .findFirst()
                .orElseThrow()
                .uid();
    }

    private void storeKeyword(Imap imap, String box, MailModel.Mail mail) throws IOException {
        var keyword = any(KEYWORDS);
        boolean add = random.nextBoolean();
        did((add ? "+FLAGS " : "-FLAGS ") + keyword + " " + mail.id + " in " + box);
        imap.command("UID STORE " + uid(imap, box, mail) + (add ? " +FLAGS (" : " -FLAGS (") + flag(keyword) + ")");
        if (add) {
            mail.keywords.add(keyword);
        } else {
            mail.keywords.remove(keyword);
        }
    }

    private void storeDeleted(Imap imap, String box, MailModel.Mail mail) throws IOException {
        // a mark that is taken back where a mail is nowhere else leaves its thread out of Thread/changes
        boolean deleted = mail.visible().isEmpty() || random.nextInt(3) > 0;
        did((deleted ? "+FLAGS" : "-FLAGS") + " \\Deleted " + mail.id + " in " + box);
        imap.command("UID STORE " + uid(imap, box, mail) + (deleted ? " +" : " -") + "FLAGS.SILENT (\\Deleted)");
        mail.places.put(box, deleted);
    }

    private void expunge(Imap imap, String box) throws IOException {
        did("EXPUNGE " + box);
        imap.command("SELECT \"" + box + "\"");
        imap.command("EXPUNGE");
        model.expunge(box);
    }

    private void copy(Imap imap, String from, MailModel.Mail mail, String to) throws IOException {
        did("COPY " + mail.id + " from " + from + " to " + to);
        imap.command("UID COPY " + uid(imap, from, mail) + " \"" + to + "\"");
        model.copy(mail, from, to);
    }

    private void move(Imap imap, String from, MailModel.Mail mail, String to) throws IOException {
        if (!from.equals(to)) {
            did("MOVE " + mail.id + " from " + from + " to " + to);
            imap.command("UID MOVE " + uid(imap, from, mail) + " \"" + to + "\"");
            model.move(mail, from, to);
        }
    }

    /** Updates a mail, which JMAP may not see; whether it was updated. */
    private boolean updated(Jmap jmap, MailModel.Mail mail, Map<String, ?> patch) {
        did("Email/set " + mail.id + " " + patch);
        var answer =
                jmap.run(Call.of("Email/set", "'update':{?:?}", mail.id, patch)).ok(0);
        if (mail.visible().isEmpty()) {
            assertThat(answer.path("notUpdated").path(mail.id).path("type").asText())
                    .isEqualTo("notFound");
            return false;
        }
        return answer.path("updated").has(mail.id);
    }

    private void setKeywords(Jmap jmap, MailModel.Mail mail) {
        if (random.nextBoolean()) {
            var keywords = anyKeywords();
            if (updated(jmap, mail, Map.of("keywords", truths(keywords)))) {
                mail.keywords.clear();
                mail.keywords.addAll(keywords);
            }
        } else {
            var keyword = any(KEYWORDS);
            boolean add = random.nextBoolean();
            var patch = new TreeMap<String, Object>();
            patch.put("keywords/" + keyword, add ? true : null);
            if (updated(jmap, mail, patch)) {
                if (add) {
                    mail.keywords.add(keyword);
                } else {
                    mail.keywords.remove(keyword);
                }
            }
        }
    }

    private void setMailboxes(Jmap jmap, MailModel.Mail mail) {
        var one = anyBox();
        var other = anyBox();
        var after = new TreeSet<>(mail.visible());
        var patch = new TreeMap<String, Object>();
        boolean whole = random.nextBoolean();
        if (whole) {
            after.clear();
            after.addAll(List.of(one, other));
            patch.put("mailboxIds", truths(after.stream().map(this::boxId).toList()));
        } else {
            patch.put("mailboxIds/" + boxId(one), null);
            after.remove(one);
            if (!other.equals(one) && random.nextBoolean()) {
                patch.put("mailboxIds/" + boxId(other), true);
                after.add(other);
            }
        }
        boolean refused = after.isEmpty() || mail.visible().isEmpty();
        assertThat(updated(jmap, mail, patch)).isEqualTo(!refused);
        if (!refused) {
            mail.places.keySet().removeIf(box -> whole ? !after.contains(box) : box.equals(one));
            after.forEach(box -> mail.places.put(box, false));
        }
    }

    private void destroy(Jmap jmap, MailModel.Mail mail) {
        did("Email/set destroy " + mail.id);
        var answer = jmap.run(Call.of("Email/set", "'destroy':[?]", mail.id)).ok(0);
        if (mail.visible().isEmpty()) {
            assertThat(answer.path("notDestroyed").path(mail.id).path("type").asText())
                    .isEqualTo("notFound");
        } else {
            assertThat(texts(answer.path("destroyed"))).containsExactly(mail.id);
            model.mails.remove(mail);
        }
    }

    private void createBox(Imap imap, Jmap jmap) throws IOException {
        var name = "Box " + ++marks;
        if (random.nextBoolean()) {
            did("CREATE " + name);
            imap.command("CREATE \"" + name + "\"");
        } else {
            did("Mailbox/set create " + name);
            var answer = jmap.run(Call.of("Mailbox/set", "'create':{'new':{'name':?}}", name))
                    .ok(0);
            assertThat(names(answer.path("created"))).containsExactly("new");
        }
        model.boxes.add(name);
        learnBoxes(jmap);
    }

    private List<String> own() {
        return model.boxes.stream().filter(box -> box.startsWith("Box ")).toList();
    }

    private void renameBox(Imap imap, Jmap jmap) throws IOException {
        if (own().isEmpty()) {
            return;
        }
        var box = any(own());
        var name = "Box " + ++marks;
        imap.command("UNSELECT");
        if (random.nextBoolean()) {
            did("RENAME " + box + " " + name);
            imap.command("RENAME \"" + box + "\" \"" + name + "\"");
        } else {
            did("Mailbox/set " + box + " " + name);
            var answer = jmap.run(Call.of("Mailbox/set", "'update':{?:{'name':?}}", boxId(box), name))
                    .ok(0);
            assertThat(names(answer.path("updated"))).containsExactly(boxId(box));
        }
        model.rename(box, name);
        learnBoxes(jmap);
    }

    private void removeBox(Imap imap, Jmap jmap) throws IOException {
        if (own().isEmpty()) {
            return;
        }
        var box = any(own());
        imap.command("UNSELECT");
        if (random.nextBoolean()) {
            did("DELETE " + box);
            imap.command("DELETE \"" + box + "\"");
        } else {
            did("Mailbox/set destroy " + box);
            var answer = jmap.run(Call.of("Mailbox/set", "'destroy':[?],'onDestroyRemoveEmails':true", boxId(box)))
                    .ok(0);
            assertThat(texts(answer.path("destroyed"))).containsExactly(boxId(box));
        }
        model.removeBox(box);
        learnBoxes(jmap);
    }

    private void check(Imap imap, Imap watcher, Jmap jmap) throws IOException {
        var now = now(jmap);
        learnIds(now, imap);
        assertThat(now.mails()).as("JMAP's mails").isEqualTo(model.visible());
        for (var box : model.boxes) {
            checkImap(box.equals(INBOX) ? watcher : imap, box);
        }
        assertThat(now.mailboxes().values().stream().sorted().toList())
                .as("JMAP's mailboxes")
                .isEqualTo(model.counts().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .sorted()
                        .toList());
        if (!past.isEmpty()) {
            checkChanges(jmap, any(past), now);
        }
        past.add(now);
    }

    private void learnIds(Then now, Imap imap) throws IOException {
        var nameless = model.mails.stream().filter(mail -> mail.id.isEmpty()).toList();
        for (var mail : nameless) {
            imap.command("SELECT \"" + mail.places.keySet().iterator().next() + "\"");
            mail.id = imap.messages().stream()
                    .filter(seen -> seen.subject().equals(mail.subject))
                    .map(Imap.Seen::id)
                    .filter(id -> model.find(id).isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not in IMAP: " + mail + "; JMAP has " + now.mails()));
        }
    }

    private void checkImap(Imap imap, String box) throws IOException {
        if (box.equals(INBOX)) {
            imap.command("NOOP");
        } else {
            imap.command("SELECT \"" + box + "\"");
        }
        var told = new TreeMap<String, String>();
        for (var seen : imap.messages()) {
            told.put(seen.id(), seen.subject() + " " + new TreeSet<>(seen.keywords()) + " " + seen.deleted());
        }
        var expected = new TreeMap<String, String>();
        for (var mail : model.in(box)) {
            expected.put(mail.id, mail.subject + " " + mail.keywords + " " + mail.places.get(box));
        }
        assertThat(told).as("IMAP's " + box).isEqualTo(expected);
    }

    private Then now(Jmap jmap) {
        var answers = jmap.run(
                Call.of("Email/query", ""),
                Call.of(
                        "Email/get",
                        "'#ids':{'resultOf':'0','name':'Email/query','path':'/ids'},"
                                + "'properties':['subject','mailboxIds','keywords','threadId']"),
                Call.of("Thread/get", "'#ids':{'resultOf':'1','name':'Email/get','path':'/list/*/threadId'}"),
                Call.of("Mailbox/get", "'ids':null,'properties':['name','totalEmails','unreadEmails']"));
        var nameOf = new TreeMap<String, String>();
        var mailboxes = new TreeMap<String, String>();
        for (var box : answers.ok(3).path("list")) {
            nameOf.put(box.path("id").asText(), name(box));
            var counts = new MailModel.Counts(
                    box.path("totalEmails").asInt(), box.path("unreadEmails").asInt());
            mailboxes.put(box.path("id").asText(), name(box) + " " + counts);
        }
        var mails = new TreeMap<String, MailModel.Row>();
        var rawMails = new TreeMap<String, String>();
        var threadsOfMails = new TreeMap<String, Set<String>>();
        for (var mail : answers.ok(1).path("list")) {
            var boxes = new HashSet<String>();
            names(mail.path("mailboxIds")).forEach(id -> boxes.add(nameOf.getOrDefault(id, "unknown " + id)));
            var id = mail.path("id").asText();
            mails.put(
                    id,
                    new MailModel.Row(
                            mail.path("subject").asText(), boxes, new HashSet<>(names(mail.path("keywords")))));
            rawMails.put(
                    id,
                    new TreeSet<>(names(mail.path("mailboxIds"))) + " " + new TreeSet<>(names(mail.path("keywords"))));
            threadsOfMails
                    .computeIfAbsent(mail.path("threadId").asText(), thread -> new TreeSet<>())
                    .add(id);
        }
        var threads = new TreeMap<String, Set<String>>();
        for (var thread : answers.ok(2).path("list")) {
            threads.put(thread.path("id").asText(), new TreeSet<>(texts(thread.path("emailIds"))));
        }
        assertThat(threads).as("threads").isEqualTo(threadsOfMails);
        var states = Map.of(
                "Email", answers.ok(1).path("state").asText(),
                "Thread", answers.ok(2).path("state").asText(),
                "Mailbox", answers.ok(3).path("state").asText());
        return new Then(states, mails, rawMails, mailboxes, threads);
    }

    private void checkChanges(Jmap jmap, Then then, Then now) {
        checkChanges(jmap, "Email", then, now, then.rawMails(), now.rawMails());
        checkChanges(jmap, "Mailbox", then, now, then.mailboxes(), now.mailboxes());
        checkChanges(jmap, "Thread", then, now, then.threads(), now.threads());
    }

    private void checkChanges(
            Jmap jmap, String type, Then then, Then now, Map<String, ?> before, Map<String, ?> after) {
        var state = then.state(type);
        int most = 1 + random.nextInt(20);
        var ids = new TreeSet<>(before.keySet());
        var told = new TreeSet<String>();
        var gone = new TreeSet<String>();
        var all = new ArrayList<String>();
        for (boolean more = true; more; ) {
            var changes = jmap.run(Call.of(type + "/changes", "'sinceState':?,'maxChanges':?", state, most))
                    .ok(0);
            all.add(changes.toString());
            assertThat(changes.path("created").size()
                            + changes.path("updated").size()
                            + changes.path("destroyed").size())
                    .as("%s/changes %s", type, all)
                    .isLessThanOrEqualTo(most);
            assertThat(texts(changes.path("created")))
                    .as("%s/changes %s", type, all)
                    .noneMatch(told::contains);
            assertThat(texts(changes.path("updated")))
                    .as("%s/changes %s", type, all)
                    .noneMatch(gone::contains);
            ids.addAll(texts(changes.path("created")));
            ids.removeAll(texts(changes.path("destroyed")));
            told.addAll(texts(changes.path("created")));
            told.addAll(texts(changes.path("updated")));
            gone.addAll(texts(changes.path("destroyed")));
            more = changes.path("hasMoreChanges").asBoolean();
            state = changes.path("newState").asText();
        }
        assertThat(state).as("%s/changes ends at the newest state", type).isEqualTo(now.state(type));
        assertThat(ids).as("%s/changes %s from %s", type, all, before).isEqualTo(after.keySet());
        for (var one : after.entrySet()) {
            if (before.containsKey(one.getKey()) && !one.getValue().equals(before.get(one.getKey()))) {
                assertThat(told)
                        .as("%s/changes %s: %s was %s", type, all, one, before.get(one.getKey()))
                        .contains(one.getKey());
            }
        }
    }
}
