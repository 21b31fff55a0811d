package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.command.Fetch;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.Fetched;
import org.merpati.lib.imap.response.Octets;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.Responses;
import org.merpati.lib.mime.view.BodyStructure;
import org.merpati.lib.mime.view.Envelope;

/**
 * FETCH and UID FETCH (RFC 3501 §6.4.5, §6.4.8): rows by the page through the door, octets outside it, each response sent as
 * soon as it is there.
 */
final class FetchHandler {
    private static final Logger LOG = System.getLogger(FetchHandler.class.getName());

    private final Conversation conversation;
    private final Surroundings surroundings;
    private final Bodies bodies;
    private final AccountId account;
    private final SelectedMailbox mailbox;
    private final Responses out;
    private Structures structures;
    private int unreadable;
    private int undecodable;

    FetchHandler(Conversation conversation, SelectedMailbox mailbox) {
        this.conversation = conversation;
        this.surroundings = conversation.surroundings();
        this.bodies = new Bodies(surroundings.blobs());
        this.structures = Structures.none(surroundings);
        this.account = conversation.account();
        this.mailbox = mailbox;
        this.out = conversation.out();
    }

    Completion run(Fetch command) throws IOException {
        var chosen = Chosen.of(command.messages(), mailbox);
        if (chosen.isEmpty()) {
            return Completion.bad("There is no message of that number; there are "
                    + mailbox.uids().size());
        }
        send(chosen.get(), items(command));
        if (unreadable > 0) {
            return Completion.no(Plain.SERVERBUG, unreadable + " of the messages can't be read");
        }
        return undecodable == 0
                ? Completion.ok("FETCH completed")
                : Completion.no(
                        Plain.UNKNOWN_CTE,
                        undecodable + " of the parts asked for have an unknown Content-Transfer-Encoding");
    }

    /** UID FETCH always says the uid. */
    private static List<FetchItem> items(Fetch command) {
        var items = new ArrayList<FetchItem>(command.items());
        if (command.messages() instanceof MessageSet.UidSet && !items.contains(FetchItem.Attribute.UID)) {
            items.addFirst(FetchItem.Attribute.UID);
        }
        return items;
    }

    private void send(Chosen chosen, List<FetchItem> items) throws IOException {
        var uids = mailbox.uids();
        boolean reads = items.stream().anyMatch(FetchHandler::reads);
        boolean takenApart = items.stream().anyMatch(FetchHandler::takesApart);
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
            if (takenApart && !rows.isEmpty()) {
                structures = Structures.of(rows, account, surroundings);
            }
            var changed = reads && !mailbox.readOnly() ? markSeen(rows) : Map.<Uid, Message>of();
            for (var row : rows) {
                var now = changed.get(row.uid());
                send(now == null ? row : now, items, now != null);
            }
            index = chosen.from(next);
        }
    }

    /** Whether the message's parts must be known to answer it. */
    private static boolean takesApart(FetchItem item) {
        return switch (item) {
            case FetchItem.Body body -> !body.section().path().isEmpty();
            case FetchItem.Binary binary -> true;
            case FetchItem.BinarySize size -> true;
            case FetchItem.Attribute attribute -> false;
            case FetchItem.Described described -> true;
        };
    }

    /** Whether it sets {@code \Seen}. */
    private static boolean reads(FetchItem item) {
        return switch (item) {
            case FetchItem.Body body -> !body.peek();
            case FetchItem.Binary binary -> !binary.peek();
            case FetchItem.BinarySize size -> false;
            case FetchItem.Attribute attribute -> false;
            case FetchItem.Described described -> false;
        };
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
            var now = surroundings.call(services -> services.get(Messages.class)
                    .store(account, mailbox.id(), unseen, Messages.FlagChange.adding(Keyword.SEEN), Optional.empty()));
            var messages =
                    now instanceof Attempt.Made<Messages.Changed>(var made) ? made.messages() : List.<Message>of();
            for (var message : messages) {
                mailbox.made(message.modSeq());
                changed.put(message.uid(), message);
            }
        }
        return changed;
    }

    /**
     * When the message can't be read nothing of it is sent; when the transfer encoding of a part is unknown the item that asks
     * for it decoded is left out.
     */
    private void send(Message row, List<FetchItem> items, boolean flagsChanged) throws IOException {
        var values = new ArrayList<FetchValue>();
        var streams = new ArrayList<InputStream>();
        try {
            try {
                var message = new Opened(row, structures);
                for (var item : items) {
                    add(message, item, values, streams);
                }
            } catch (IOException e) {
                LOG.log(
                        Level.ERROR,
                        () -> conversation.connection().id() + " message can't be read: account=" + account.value()
                                + " email=" + row.email().value() + " " + row.blob(),
                        e);
                unreadable++;
                return;
            }
            if (flagsChanged && !items.contains(FetchItem.Attribute.FLAGS)) {
                values.add(flags(row));
            }
            if (!values.isEmpty()) {
                out.send(new Fetched(mailbox.uids().indexOf(row.uid().value()) + 1, values));
            }
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    private void add(Opened message, FetchItem item, List<FetchValue> values, List<InputStream> streams)
            throws IOException {
        try {
            var value = value(message, item);
            values.add(value);
            var octets = switch (value) {
                case FetchValue.BodyValue body -> body.octets();
                case FetchValue.BinaryValue binary -> binary.octets();
                default -> Optional.<Octets>empty();
            };
            octets.ifPresent(open -> streams.add(open.stream()));
        } catch (Bodies.UnknownEncoding e) {
            undecodable++;
        }
    }

    private FetchValue value(Opened message, FetchItem item) throws IOException {
        var row = message.row();
        return switch (item) {
            case FetchItem.Attribute attribute ->
                switch (attribute) {
                    case UID -> new FetchValue.UidValue(row.uid().value());
                    case FLAGS -> flags(row);
                    case INTERNALDATE -> new FetchValue.InternalDate(row.received());
                    case RFC822_SIZE -> new FetchValue.SizeValue(row.size());
                };
            case FetchItem.Described described ->
                switch (described) {
                    case ENVELOPE ->
                        new FetchValue.EnvelopeValue(Envelope.of(message.root().header()));
                    case BODY -> new FetchValue.StructureValue(BodyStructure.of(message.root()), false);
                    case BODYSTRUCTURE -> new FetchValue.StructureValue(BodyStructure.of(message.root()), true);
                };
            case FetchItem.Body body -> bodies.body(message, body);
            case FetchItem.Binary binary -> bodies.binary(message, binary);
            case FetchItem.BinarySize size ->
                new FetchValue.BinarySizeValue(size, bodies.binarySize(message, size.path()));
        };
    }

    private FetchValue flags(Message message) {
        return new FetchValue.FlagsValue(
                ImapFlags.of(message, mailbox.recent().contains(message.uid().value())));
    }
}
