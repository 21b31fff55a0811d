package org.merpati.lib.imap.command;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.mime.view.Section;

/** What FETCH can ask for (RFC 3501 §6.4.5, RFC 3516 §4.2, RFC 9051 §6.4.5, fetch-att). */
public sealed interface FetchItem {
    /** An item that the mailbox's index answers. */
    enum Attribute implements FetchItem {
        UID,
        FLAGS,
        INTERNALDATE,
        RFC822_SIZE,
        /** RFC 7162 §3.1.4.2. */
        MODSEQ,
        /** RFC 8474 §5.1. */
        EMAILID,
        /** RFC 8474 §5.2. */
        THREADID
    }

    /** An item that the message's row answers. */
    enum Kept implements FetchItem {
        /** When it came into this mailbox (RFC 8514 §4.2). */
        SAVEDATE
    }

    /** An item that the message's structure answers. */
    enum Described implements FetchItem {
        ENVELOPE,
        /** BODYSTRUCTURE without extension data. */
        BODY,
        BODYSTRUCTURE,
        /** RFC 8970 §3.1; it is stored, so that LAZY makes no difference. */
        PREVIEW
    }

    /**
     * Octets of the message.
     *
     * @param form under which name it was asked for, and is answered
     * @param peek whether it leaves {@code \Seen} alone
     */
    record Body(Section section, Form form, boolean peek, Optional<Partial> partial) implements FetchItem {}

    /**
     * A part's body without its transfer encoding.
     *
     * @param path empty for the message itself, which has none
     * @param peek whether it leaves {@code \Seen} alone
     */
    record Binary(List<Integer> path, boolean peek, Optional<Partial> partial) implements FetchItem {
        public Binary {
            path = List.copyOf(path);
        }
    }

    /** How many octets {@link Binary} gives. */
    record BinarySize(List<Integer> path) implements FetchItem {
        public BinarySize {
            path = List.copyOf(path);
        }
    }

    /** {@code <origin.length>}. */
    record Partial(long origin, long length) {}

    enum Form {
        BODY,
        RFC822,
        RFC822_HEADER,
        RFC822_TEXT
    }

    List<FetchItem> FAST = List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE);
    List<FetchItem> ALL = List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, Described.ENVELOPE);
    List<FetchItem> FULL =
            List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE, Described.ENVELOPE, Described.BODY);

    static FetchItem parse(CommandReader in) {
        int before = in.offset();
        var name = in.word("a fetch item");
        return switch (name) {
            case "UID" -> Attribute.UID;
            case "FLAGS" -> Attribute.FLAGS;
            case "INTERNALDATE" -> Attribute.INTERNALDATE;
            case "RFC822.SIZE" -> Attribute.RFC822_SIZE;
            case "MODSEQ" -> Attribute.MODSEQ;
            case "EMAILID" -> Attribute.EMAILID;
            case "THREADID" -> Attribute.THREADID;
            case "SAVEDATE" -> Kept.SAVEDATE;
            case "PREVIEW" -> preview(in);
            case "ENVELOPE" -> Described.ENVELOPE;
            case "BODYSTRUCTURE" -> Described.BODYSTRUCTURE;
            case "BODY" -> in.accept('[') ? body(in, false) : Described.BODY;
            case "BODY.PEEK" -> body(in.expect('['), true);
            case "BINARY" -> new Binary(Sections.path(in.expect('[')), false, partial(in));
            case "BINARY.PEEK" -> new Binary(Sections.path(in.expect('[')), true, partial(in));
            case "BINARY.SIZE" -> new BinarySize(Sections.path(in.expect('[')));
            case "RFC822" -> new Body(Section.MESSAGE, Form.RFC822, false, Optional.empty());
            case "RFC822.HEADER" -> whole(Section.Whole.HEADER, Form.RFC822_HEADER, true);
            case "RFC822.TEXT" -> whole(Section.Whole.TEXT, Form.RFC822_TEXT, false);
            default -> throw new ImapSyntaxException("a fetch item", before);
        };
    }

    private static Described preview(CommandReader in) {
        in.accept(" (LAZY)");
        return Described.PREVIEW;
    }

    private static Body body(CommandReader in, boolean peek) {
        return new Body(Sections.section(in), Form.BODY, peek, partial(in));
    }

    private static Body whole(Section.Whole what, Form form, boolean peek) {
        return new Body(new Section(List.of(), what), form, peek, Optional.empty());
    }

    private static Optional<Partial> partial(CommandReader in) {
        if (!in.accept('<')) {
            return Optional.empty();
        }
        long origin = in.number();
        var partial = new Partial(origin, in.expect('.').nzNumber());
        in.expect('>');
        return Optional.of(partial);
    }
}
