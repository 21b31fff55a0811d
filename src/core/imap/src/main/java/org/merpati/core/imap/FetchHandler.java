package org.merpati.core.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Emails;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Described;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.MessageSet.UidSet;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.Fetch;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;

/**
 * FETCH and UID FETCH (RFC 9051 §6.4.5, §6.4.9): what the index knows from there, rows by the page through the door, octets outside it, each
 * response sent as soon as it is there.
 */
final class FetchHandler {
    /** Reading so many rows more costs less than asking once more. */
    private static final int NEAR = 16;

    private static final Logger LOG = System.getLogger(FetchHandler.class.getName());

    private final Conversation conversation;
    private final SelectedMailbox mailbox;

    FetchHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
    }

    Completion run(Fetch command) throws IOException {
        var modifiers = command.modifiers();
        if (modifiers.vanished() && !conversation.enabled().has(Feature.QRESYNC)) {
            return Completion.bad("VANISHED is for those who have enabled QRESYNC");
        }
        var chosen = Chosen.of(command.messages(), mailbox);
        if (chosen.isEmpty()) {
            return Completion.noSuchNumber(mailbox);
        }
        var items = items(command);
        if (items.contains(FetchItem.Attribute.MODSEQ)) {
            conversation.enabled().add(Set.of(Feature.CONDSTORE));
        }
        if (modifiers.vanished()) {
            sendVanished(command);
        }
        var places = places(chosen.get(), modifiers.changedSince());
        var limit = conversation.surroundings().messageLimit();
        boolean limited = false;
        if (modifiers.part().isPresent()) {
            var part = modifiers.part().get();
            places = Arrays.copyOfRange(places, part.from(places.length), part.to(places.length));
            if (limit.exceeded(places.length)) {
                return limit.refusal(OptionalLong.empty());
            }
        } else if (limit.exceeded(places.length)) {
            places = Arrays.copyOfRange(places, places.length - limit.most(), places.length);
            limited = true;
        }
        var answers = new FetchAnswers(conversation, mailbox, items);
        boolean someGone = someGone(command, answers, places);
        var completion = completion(answers, someGone && !command.byUid());
        return limited ? limit.told(completion, mailbox.view().uid(places[0]), conversation) : completion;
    }

    /** Sends what is asked for; whether some of the messages are there no more. */
    private boolean someGone(Fetch command, FetchAnswers answers, int[] places) throws IOException {
        if (!command.byUid() && answers.uidsAlone()) {
            return sendUids(answers, places);
        }
        return send(answers, places);
    }

    /** Whether some of the messages are there no more. */
    private boolean send(FetchAnswers answers, int[] places) throws IOException {
        return switch (answers.source()) {
            case INDEX -> sendIndexed(answers, places);
            case CONTENTS -> sendContents(answers, places);
            case ROWS -> sendRows(answers, places);
        };
    }

    /** Of new messages, at these places in the view, ascending, to a client that waits for them. */
    void sendNew(List<FetchItem> items, int[] places) throws IOException {
        var answers = new FetchAnswers(conversation, mailbox, items);
        if (send(answers, places)) {
            LOG.log(Level.DEBUG, () -> conversation.connection().id() + " new messages are gone again");
        }
    }

    private static Completion completion(FetchAnswers answers, boolean someGone) {
        if (answers.unreadable() > 0) {
            return Completion.no(Plain.SERVERBUG, answers.unreadable() + " of the messages can't be read");
        }
        if (answers.undecodable() > 0) {
            return Completion.no(
                    Plain.UNKNOWN_CTE,
                    answers.undecodable() + " of the parts asked for have an unknown Content-Transfer-Encoding");
        }
        return someGone
                ? Completion.no(Plain.EXPUNGEISSUED, "Some of the messages are there no more")
                : Completion.ok("FETCH completed");
    }

    /** UID FETCH always says the uid, and a client that asks for changes their modseq (RFC 7162 §3.1.4.1). */
    private List<FetchItem> items(Fetch command) {
        var items = new ArrayList<FetchItem>(command.items());
        boolean byUid = command.byUid() && !conversation.enabled().has(Feature.UIDONLY);
        if (byUid && !items.contains(FetchItem.Attribute.UID)) {
            items.addFirst(FetchItem.Attribute.UID);
        }
        if (command.modifiers().changedSince().isPresent() && !items.contains(FetchItem.Attribute.MODSEQ)) {
            items.add(FetchItem.Attribute.MODSEQ);
        }
        return items;
    }

    private void sendVanished(Fetch command) throws IOException {
        var since = new ModSeq(command.modifiers().changedSince().orElseThrow());
        Optional<UidSet> among = command.messages() instanceof UidSet set ? Optional.of(set) : Optional.empty();
        var uids = NumberRange.of(new Vanished(conversation, mailbox.id(), mailbox.latest())
                .since(since, among, mailbox.view().last()));
        if (!uids.isEmpty()) {
            conversation.out().send(new Response.Vanished(true, uids));
        }
    }

    /** In the view, ascending. */
    private int[] places(Chosen chosen, OptionalLong changedSince) {
        if (changedSince.isPresent()) {
            var latest = mailbox.latest();
            return Arrays.stream(latest.changedSince(changedSince.getAsLong()))
                    .map(place -> mailbox.view().find(latest.uid(place)))
                    .filter(place -> place >= 0 && chosen.contains(place))
                    .toArray();
        }
        var places = new int[chosen.count()];
        int count = 0;
        for (int place = chosen.from(0); place >= 0; place = chosen.from(place + 1)) {
            places[count++] = place;
        }
        return places;
    }

    /** What the view knows, also of messages that are there no more while their numbers are theirs (RFC 2180 §4.1.1). */
    private boolean sendUids(FetchAnswers answers, int[] places) throws IOException {
        for (int place : places) {
            answers.sendUid(mailbox.view().uid(place));
        }
        return false;
    }

    /** From the index alone; whether some of the messages are there no more. */
    private boolean sendIndexed(FetchAnswers answers, int[] places) throws IOException {
        boolean someGone = false;
        for (int place : places) {
            int now = now(place);
            someGone |= now < 0;
            if (now >= 0) {
                answers.send(now);
            }
        }
        return someGone;
    }

    /** Where the latest index has the message at this place in the view; less than 0: it is gone. */
    private int now(int place) {
        var view = mailbox.view();
        var latest = mailbox.latest();
        return view == latest ? place : latest.find(view.uid(place));
    }

    /** From the index and what the messages contain; whether some of them are there no more. */
    private boolean sendContents(FetchAnswers answers, int[] places) throws IOException {
        boolean someGone = false;
        for (int from = 0; from < places.length; from += Emails.PAGE) {
            var page = Arrays.copyOfRange(places, from, Math.min(from + Emails.PAGE, places.length));
            someGone |= sendPage(answers, page);
        }
        return someGone;
    }

    /** From the first message on that has to be looked at itself, rows answer the page. */
    private boolean sendPage(FetchAnswers answers, int[] places) throws IOException {
        var latest = mailbox.latest();
        var emails = new EmailId[places.length];
        var wanted = new ArrayList<EmailId>(places.length);
        var now = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            now[i] = now(places[i]);
            if (now[i] >= 0) {
                emails[i] = new EmailId(latest.email(now[i]));
                wanted.add(emails[i]);
            }
        }
        var contents =
                conversation.call(services -> services.get(Emails.class).contents(conversation.account(), wanted));
        boolean someGone = false;
        for (int i = 0; i < places.length; i++) {
            var known = now[i] < 0 ? null : contents.get(emails[i]);
            if (known == null) {
                someGone = true;
            } else if (!answers.send(now[i], known)) {
                return sendRows(answers, Arrays.copyOfRange(places, i, places.length)) || someGone;
            }
        }
        return someGone;
    }

    /** Whether some of the messages are there no more. */
    private boolean sendRows(FetchAnswers answers, int[] places) throws IOException {
        boolean someGone = false;
        for (int from = 0; from < places.length; ) {
            int to = Math.min(from + Messages.PAGE, places.length);
            var wanted = Arrays.copyOfRange(places, from, to);
            var rows = rows(answers, wanted);
            someGone |= rows.size() < wanted.length;
            var changed = answers.marksSeen() && !mailbox.readOnly() ? markSeen(rows) : Map.<Uid, Messages.Flags>of();
            for (var row : rows) {
                var now = changed.get(row.uid());
                answers.send(now == null ? row : row.with(now), now != null);
            }
            from = to;
        }
        return someGone;
    }

    /** At most a page of messages. */
    private List<Message> rows(FetchAnswers answers, int[] places) {
        var account = conversation.account();
        if (!answers.needsContents()) {
            return read(
                    places, (messages, after, last) -> messages.page(account, mailbox.id(), after, last), Message::uid);
        }
        var described = read(
                places,
                (messages, after, last) -> messages.described(account, mailbox.id(), after, last),
                row -> row.message().uid());
        answers.open(described);
        return described.stream().map(Described::message).toList();
    }

    @FunctionalInterface
    private interface Page<T> {
        List<T> read(Messages messages, Uid after, Uid last);
    }

    /** Messages that may lie far apart: as few questions as their gaps allow. */
    private <T> List<T> read(int[] places, Page<T> pages, Function<T, Uid> uid) {
        var view = mailbox.view();
        var rows = new ArrayList<T>(places.length);
        for (int from = 0; from < places.length; ) {
            int to = from + 1;
            while (to < places.length && places[to] - places[to - 1] <= NEAR) {
                to++;
            }
            var last = new Uid(view.uid(places[to - 1]));
            var after = new Uid(view.uid(places[from]) - 1);
            int at = from;
            while (after.compareTo(last) < 0) {
                var since = after;
                var page = conversation.call(services -> pages.read(services.get(Messages.class), since, last));
                for (var row : page) {
                    long number = uid.apply(row).value();
                    while (at < to && view.uid(places[at]) < number) {
                        at++;
                    }
                    if (at < to && view.uid(places[at]) == number) {
                        rows.add(row);
                    }
                }
                after = page.size() < Messages.PAGE ? last : uid.apply(page.getLast());
            }
            from = to;
        }
        return rows;
    }

    /** Reading a body sets {@code \Seen}; the messages that it changed, as they are now. */
    private Map<Uid, Messages.Flags> markSeen(List<Message> rows) {
        var changed = new HashMap<Uid, Messages.Flags>();
        var unseen = rows.stream()
                .filter(row -> !row.keywords().contains(Keyword.SEEN))
                .map(Message::uid)
                .toList();
        if (!unseen.isEmpty()) {
            var now = conversation.call(services -> services.get(Messages.class)
                    .store(
                            conversation.account(),
                            mailbox.id(),
                            unseen,
                            Messages.FlagChange.adding(Keyword.SEEN),
                            Optional.empty()));
            var messages = now instanceof Attempt.Made<Messages.Changed>(var made)
                    ? made.messages()
                    : List.<Messages.Flags>of();
            for (var flags : messages) {
                mailbox.made(flags.modSeq());
                changed.put(flags.uid(), flags);
            }
        }
        return changed;
    }
}
