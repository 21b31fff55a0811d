package org.merpati.lib.imap.command;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;

/** What FETCH can ask for (RFC 3501 §6.4.5, fetch-att). */
public sealed interface FetchItem {
    /** An item that the message's row answers. */
    enum Attribute implements FetchItem {
        UID,
        FLAGS,
        INTERNALDATE,
        RFC822_SIZE
    }

    /**
     * Octets of the message.
     *
     * @param form under which name it was asked for, and is answered
     * @param peek whether it leaves {@code \Seen} alone
     */
    record Body(Section section, Form form, boolean peek, Optional<Partial> partial) implements FetchItem {}

    /** {@code <origin.length>}. */
    record Partial(long origin, long length) {}

    enum Form {
        BODY,
        RFC822,
        RFC822_HEADER,
        RFC822_TEXT
    }

    /** An item that the standard has and this server does not answer yet. */
    record NotBuilt(String name) implements FetchItem {}

    List<FetchItem> FAST = List.of(Attribute.FLAGS, Attribute.INTERNALDATE, Attribute.RFC822_SIZE);

    static FetchItem parse(CommandReader in) {
        int before = in.offset();
        var name = in.word("a fetch item");
        return switch (name) {
            case "UID" -> Attribute.UID;
            case "FLAGS" -> Attribute.FLAGS;
            case "INTERNALDATE" -> Attribute.INTERNALDATE;
            case "RFC822.SIZE" -> Attribute.RFC822_SIZE;
            case "BODY" -> in.accept('[') ? body(in, false) : new NotBuilt("BODY");
            case "BODY.PEEK" -> body(in.expect('['), true);
            case "RFC822" -> new Body(new Section.Whole(), Form.RFC822, false, Optional.empty());
            case "RFC822.HEADER" -> new Body(new Section.Header(), Form.RFC822_HEADER, true, Optional.empty());
            case "RFC822.TEXT" -> new Body(new Section.Text(), Form.RFC822_TEXT, false, Optional.empty());
            case "ENVELOPE", "BODYSTRUCTURE" -> new NotBuilt(name);
            default -> throw new ImapSyntaxException("a fetch item", before);
        };
    }

    private static FetchItem body(CommandReader in, boolean peek) {
        var section = Section.parse(in);
        Optional<Partial> partial = Optional.empty();
        if (in.accept('<')) {
            long origin = in.number();
            partial = Optional.of(new Partial(origin, in.expect('.').nzNumber()));
            in.expect('>');
        }
        return section instanceof Section.Part part
                ? new NotBuilt("BODY[" + part.path() + "]")
                : new Body(section, Form.BODY, peek, partial);
    }
}
