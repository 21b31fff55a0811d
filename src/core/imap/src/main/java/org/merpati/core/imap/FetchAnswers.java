package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.IdKind;
import org.merpati.core.store.Emails.Contents;
import org.merpati.core.store.Messages.Described;
import org.merpati.core.store.Messages.Message;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.FetchItem;
import org.merpati.lib.imap.response.FetchValue;
import org.merpati.lib.imap.response.Octets;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.StoredStructure;
import org.merpati.lib.mime.view.BodyStructure;
import org.merpati.lib.mime.view.Envelope;
import org.merpati.lib.mime.view.Section;

/** Answers the items of one FETCH, message by message. */
final class FetchAnswers {
    private static final Logger LOG = System.getLogger(FetchAnswers.class.getName());

    private final Conversation conversation;
    private final FlagAnswers flags;
    private final SelectedMailbox mailbox;
    private final List<FetchItem> items;
    private final boolean takesParts;
    private final Bodies bodies;
    private Structures structures;
    private int unreadable;
    private int undecodable;

    FetchAnswers(Conversation conversation, SelectedMailbox mailbox, List<FetchItem> items) {
        this.conversation = conversation;
        this.flags = new FlagAnswers(conversation, mailbox);
        this.mailbox = mailbox;
        this.items = items;
        this.takesParts = items.contains(FetchItem.Described.BODY) || items.contains(FetchItem.Described.BODYSTRUCTURE);
        this.bodies = new Bodies(conversation.surroundings().blobs());
        this.structures = Structures.none(conversation.surroundings());
    }

    /** Messages that could not be read. */
    int unreadable() {
        return unreadable;
    }

    /** Parts whose encoding nobody knows. */
    int undecodable() {
        return undecodable;
    }

    /** What must be known of a message to answer, the cheapest first. */
    enum Source {
        INDEX,
        /** And what is in it: no row has to be read for that. */
        CONTENTS,
        ROWS
    }

    Source source() {
        var source = Source.INDEX;
        for (var item : items) {
            var needed = source(item);
            source = source.compareTo(needed) < 0 ? needed : source;
        }
        return source;
    }

    private Source source(FetchItem item) {
        return switch (item) {
            case FetchItem.Attribute attribute -> Source.INDEX;
            case FetchItem.Described described -> Source.CONTENTS;
            case FetchItem.Body(var section, var form, var peek, var partial) ->
                (peek || mailbox.readOnly())
                                && section.path().isEmpty()
                                && section.what() instanceof Section.Fields fields
                                && fields.areStored()
                        ? Source.CONTENTS
                        : Source.ROWS;
            case FetchItem.Kept kept -> Source.ROWS;
            case FetchItem.Binary binary -> Source.ROWS;
            case FetchItem.BinarySize size -> Source.ROWS;
        };
    }

    /** Whether nothing but uids is asked for. */
    boolean uidsAlone() {
        return items.stream().allMatch(FetchItem.Attribute.UID::equals);
    }

    void sendUid(long uid) throws IOException {
        flags.send(uid, List.of(new FetchValue.UidValue(uid)));
    }

    /** Whether answering sets {@code \Seen}. */
    boolean marksSeen() {
        return items.stream().anyMatch(item -> switch (item) {
            case FetchItem.Body body -> !body.peek();
            case FetchItem.Binary binary -> !binary.peek();
            case FetchItem.BinarySize size -> false;
            case FetchItem.Attribute attribute -> false;
            case FetchItem.Kept kept -> false;
            case FetchItem.Described described -> false;
        });
    }

    /** Whether the message's parts must be known to answer it. */
    private static boolean takesApart(FetchItem item) {
        return switch (item) {
            case FetchItem.Body body -> !body.section().path().isEmpty();
            case FetchItem.Binary binary -> true;
            case FetchItem.BinarySize size -> true;
            case FetchItem.Attribute attribute -> false;
            case FetchItem.Kept kept -> false;
            case FetchItem.Described described -> true;
        };
    }

    /** Whether the contents of rows are needed too. */
    boolean needsContents() {
        return items.stream().anyMatch(FetchAnswers::takesApart);
    }

    /** The page of rows that is answered next. */
    void open(List<Described> page) {
        structures = Structures.of(page, conversation.surroundings());
    }

    /** Of the message at this place in the latest index. */
    void send(int place) throws IOException {
        var index = mailbox.latest();
        var values = new ArrayList<FetchValue>(items.size());
        if (items.contains(FetchItem.Attribute.FLAGS)) {
            flags.announce(index.keywords(place));
        }
        for (var item : items) {
            values.add(indexed((FetchItem.Attribute) item, index, place));
        }
        flags.send(index.uid(place), values);
    }

    private FetchValue indexed(FetchItem.Attribute item, MailboxIndex index, int place) {
        return switch (item) {
            case UID -> new FetchValue.UidValue(index.uid(place));
            case FLAGS -> flags.flags(index, place);
            case INTERNALDATE -> new FetchValue.InternalDate(Instant.ofEpochMilli(index.received(place)));
            case RFC822_SIZE -> new FetchValue.SizeValue(index.size(place));
            case MODSEQ -> new FetchValue.ModSeqValue(index.modSeq(place));
            case EMAILID -> new FetchValue.ObjectId(item, Optional.of(IdKind.EMAIL.id(index.email(place))));
            case THREADID -> new FetchValue.ObjectId(item, Optional.of(IdKind.THREAD.id(index.thread(place))));
        };
    }

    /** What is stored of a message's header and parts, taken apart when it is needed. */
    private static final class Parts {
        private final StoredStructure structure;
        private final boolean takesParts;
        private Optional<Part> root = Optional.empty();
        private boolean taken;

        Parts(StoredStructure structure, boolean takesParts) {
            this.structure = structure;
            this.takesParts = takesParts;
        }

        Optional<Part> root() {
            if (!taken) {
                root = structure.root();
                taken = true;
            }
            return root;
        }

        Optional<Header> header() {
            return takesParts ? root().map(Part::header) : structure.header();
        }
    }

    /** Of the message at this place in the latest index; false, and nothing is sent, when more of it has to be read. */
    boolean send(int place, Contents contents) throws IOException {
        var index = mailbox.latest();
        var values = new ArrayList<FetchValue>(items.size());
        var parts = new Parts(contents.structure(), takesParts);
        for (var item : items) {
            var value = switch (item) {
                case FetchItem.Attribute attribute -> Optional.of(indexed(attribute, index, place));
                case FetchItem.Described described -> described(described, contents, parts);
                case FetchItem.Body body -> parts.header().flatMap(found -> Bodies.fields(found, body));
                case FetchItem.Kept kept -> throw new IllegalStateException("rows have it");
                case FetchItem.Binary binary -> throw new IllegalStateException("rows have it");
                case FetchItem.BinarySize size -> throw new IllegalStateException("rows have it");
            };
            if (value.isEmpty()) {
                return false;
            }
            values.add(value.get());
        }
        if (items.contains(FetchItem.Attribute.FLAGS)) {
            flags.announce(index.keywords(place));
        }
        flags.send(index.uid(place), values);
        return true;
    }

    private Optional<FetchValue> described(FetchItem.Described item, Contents contents, Parts parts) {
        if (item == FetchItem.Described.PREVIEW) {
            return Optional.of(new FetchValue.PreviewValue(contents.preview()));
        }
        var views = conversation.surroundings().views();
        return views.get(contents.id(), item, conversation.enabled().utf8(), () -> view(item, parts));
    }

    private static Optional<FetchValue> view(FetchItem.Described item, Parts parts) {
        return item == FetchItem.Described.ENVELOPE
                ? parts.header().map(found -> new FetchValue.EnvelopeValue(Envelope.of(found)))
                : parts.root()
                        .map(found -> new FetchValue.StructureValue(
                                BodyStructure.of(found), item == FetchItem.Described.BODYSTRUCTURE));
    }

    /**
     * When the message can't be read nothing of it is sent; when the transfer encoding of a part is unknown the item that asks
     * for it decoded is left out.
     */
    void send(Message row, boolean flagsChanged) throws IOException {
        var values = new ArrayList<FetchValue>();
        var streams = new ArrayList<InputStream>();
        if (flagsChanged || items.contains(FetchItem.Attribute.FLAGS)) {
            flags.announce(row.keywords());
        }
        try {
            try {
                var message = new Opened(row, structures);
                for (var item : items) {
                    add(message, item, values, streams);
                }
            } catch (IOException e) {
                LOG.log(
                        Level.ERROR,
                        () -> conversation.connection().id() + " message can't be read: account="
                                + conversation.account().value() + " email="
                                + row.email().value() + " " + row.blob(),
                        e);
                unreadable++;
                return;
            }
            if (flagsChanged) {
                addChange(row, values);
            }
            if (!values.isEmpty()) {
                flags.send(row.uid().value(), values);
            }
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    /** With CONDSTORE there is always a uid (RFC 7162 §3.2.4). */
    private void addChange(Message row, List<FetchValue> values) {
        boolean condstore = conversation.enabled().has(Feature.CONDSTORE);
        if (condstore && !items.contains(FetchItem.Attribute.UID)) {
            values.add(new FetchValue.UidValue(row.uid().value()));
        }
        if (!items.contains(FetchItem.Attribute.FLAGS)) {
            values.add(flags(row));
        }
        if (condstore && !items.contains(FetchItem.Attribute.MODSEQ)) {
            values.add(new FetchValue.ModSeqValue(row.modSeq().value()));
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
            case FetchItem.Attribute attribute -> attribute(row, attribute);
            case FetchItem.Kept saved -> new FetchValue.SaveDate(row.saved());
            case FetchItem.Described described ->
                switch (described) {
                    case ENVELOPE ->
                        new FetchValue.EnvelopeValue(Envelope.of(message.root().header()));
                    case BODY -> new FetchValue.StructureValue(BodyStructure.of(message.root()), false);
                    case BODYSTRUCTURE -> new FetchValue.StructureValue(BodyStructure.of(message.root()), true);
                    case PREVIEW -> new FetchValue.PreviewValue(structures.preview(row));
                };
            case FetchItem.Body body -> bodies.body(message, body);
            case FetchItem.Binary binary -> bodies.binary(message, binary);
            case FetchItem.BinarySize size ->
                new FetchValue.BinarySizeValue(size, bodies.binarySize(message, size.path()));
        };
    }

    private FetchValue attribute(Message row, FetchItem.Attribute item) {
        return switch (item) {
            case UID -> new FetchValue.UidValue(row.uid().value());
            case FLAGS -> flags(row);
            case INTERNALDATE -> new FetchValue.InternalDate(row.received());
            case RFC822_SIZE -> new FetchValue.SizeValue(row.size());
            case MODSEQ -> new FetchValue.ModSeqValue(row.modSeq().value());
            case EMAILID ->
                new FetchValue.ObjectId(
                        item, Optional.of(IdKind.EMAIL.id(row.email().value())));
            case THREADID -> {
                int place = mailbox.latest().find(row.uid().value());
                yield new FetchValue.ObjectId(
                        item,
                        place < 0
                                ? Optional.empty()
                                : Optional.of(IdKind.THREAD.id(mailbox.latest().thread(place))));
            }
        };
    }

    private FetchValue flags(Message row) {
        return flags.flags(row.uid().value(), row.keywords(), row.deleted());
    }
}
