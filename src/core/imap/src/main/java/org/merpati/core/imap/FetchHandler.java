package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.command.Fetch;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.Fetched;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.Responses;

/**
 * FETCH and UID FETCH (RFC 3501 §6.4.5, §6.4.8): rows by the page through the door, octets outside it, each response sent as
 * soon as it is there.
 */
final class FetchHandler {
    private static final Logger LOG = System.getLogger(FetchHandler.class.getName());

    private final Surroundings surroundings;
    private final Bodies bodies;
    private final AccountId account;
    private final SelectedMailbox mailbox;
    private final Responses out;
    private final String connection;

    FetchHandler(Surroundings surroundings, SessionState.Selected state, Responses out, String connection) {
        this.surroundings = surroundings;
        this.bodies = new Bodies(surroundings.blobs());
        this.account = state.account();
        this.mailbox = state.mailbox();
        this.out = out;
        this.connection = connection;
    }

    Completion run(Fetch command) throws IOException {
        for (var item : command.items()) {
            if (item instanceof FetchItem.NotBuilt(var name)) {
                return Completion.no("FETCH " + name + " is not built yet");
            }
        }
        var chosen = Chosen.of(command.messages(), mailbox.uids());
        if (chosen.isEmpty()) {
            return Completion.bad("There is no message of that number; there are "
                    + mailbox.uids().size());
        }
        int unreadable = send(chosen.get(), items(command));
        return unreadable == 0
                ? Completion.ok("FETCH completed")
                : Completion.no(Plain.SERVERBUG, unreadable + " of the messages can't be read");
    }

    /** UID FETCH always says the uid. */
    private static List<FetchItem> items(Fetch command) {
        var items = new ArrayList<FetchItem>(command.items());
        if (command.messages() instanceof MessageSet.UidSet && !items.contains(FetchItem.Attribute.UID)) {
            items.addFirst(FetchItem.Attribute.UID);
        }
        return items;
    }

    private int send(Chosen chosen, List<FetchItem> items) throws IOException {
        var uids = mailbox.uids();
        boolean reads = items.stream().anyMatch(item -> item instanceof FetchItem.Body body && !body.peek());
        int unreadable = 0;
        for (int index = chosen.from(0); index >= 0; ) {
            int last = chosen.upTo(Math.min(index + Messages.PAGE, uids.size()) - 1);
            var page = page(uids.get(index) - 1, uids.get(last));
            boolean cut = page.size() >= Messages.PAGE;
            int next = cut ? uids.ceiling(page.getLast().uid().value() + 1) : last + 1;
            var rows = page.stream()
                    .filter(row -> {
                        int at = uids.indexOf(row.uid().value());
                        return at >= 0 && chosen.contains(at);
                    })
                    .toList();
            var changed = reads && !mailbox.readOnly() ? markSeen(rows) : Map.<Uid, Message>of();
            for (var row : rows) {
                var now = changed.get(row.uid());
                unreadable += send(now == null ? row : now, items, now != null) ? 0 : 1;
            }
            index = chosen.from(next);
        }
        return unreadable;
    }

    private List<Message> page(long after, long last) {
        return surroundings.call(
                services -> services.get(Messages.class).page(account, mailbox.id(), new Uid(after), new Uid(last)));
    }

    /** Reading a body sets {@code \Seen}; the messages that it changed, as they are now. */
    private Map<Uid, Message> markSeen(List<Message> rows) {
        var changed = new HashMap<Uid, Message>();
        var unseen = rows.stream()
                .filter(row -> !row.keywords().contains(Keyword.SEEN))
                .map(Message::uid)
                .toList();
        if (!unseen.isEmpty()) {
            var now = surroundings.call(
                    services -> services.get(Messages.class).addKeyword(account, mailbox.id(), unseen, Keyword.SEEN));
            for (var message : now) {
                mailbox.made(message.modSeq());
                changed.put(message.uid(), message);
            }
        }
        return changed;
    }

    /** False when the message can't be read: then nothing of it is sent. */
    private boolean send(Message message, List<FetchItem> items, boolean flagsChanged) throws IOException {
        var values = new ArrayList<FetchValue>();
        var streams = new ArrayList<InputStream>();
        try {
            try {
                for (var item : items) {
                    values.add(value(message, item, streams));
                }
            } catch (IOException e) {
                LOG.log(
                        Level.ERROR,
                        () -> connection + " message can't be read: account=" + account.value() + " email="
                                + message.email().value() + " " + message.blob(),
                        e);
                return false;
            }
            if (flagsChanged && !items.contains(FetchItem.Attribute.FLAGS)) {
                values.add(flags(message));
            }
            out.send(new Fetched(mailbox.uids().indexOf(message.uid().value()) + 1, values));
            return true;
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    private FetchValue value(Message message, FetchItem item, List<InputStream> streams) throws IOException {
        return switch (item) {
            case FetchItem.Attribute attribute ->
                switch (attribute) {
                    case UID -> new FetchValue.UidValue(message.uid().value());
                    case FLAGS -> flags(message);
                    case INTERNALDATE -> new FetchValue.InternalDate(message.received());
                    case RFC822_SIZE -> new FetchValue.SizeValue(message.size());
                };
            case FetchItem.Body body -> {
                var octets = bodies.open(message, body);
                streams.add(octets.stream());
                yield new FetchValue.BodyValue(body, octets);
            }
            case FetchItem.NotBuilt notBuilt -> throw new IllegalArgumentException("refused before");
        };
    }

    private FetchValue flags(Message message) {
        return new FetchValue.FlagsValue(
                ImapFlags.of(message, mailbox.recent().contains(message.uid().value())));
    }
}
