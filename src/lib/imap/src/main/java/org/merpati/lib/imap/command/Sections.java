package org.merpati.lib.imap.command;

import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.ImapSyntaxException;
import org.merpati.lib.mime.view.Section;

/** Reads what stands in the brackets of a fetch item (RFC 9051 §9, section and section-binary). */
final class Sections {
    private static final int MOST_NAMES = 200;
    private static final int DEEPEST = 200;

    private Sections() {}

    /** After the opening bracket, up to and with the closing one. */
    static Section section(CommandReader in) {
        var path = new ArrayList<Integer>();
        if (in.accept(']')) {
            return Section.MESSAGE;
        }
        boolean more = true;
        while (more && in.nextIsDigit()) {
            path.add(number(in, path.size()));
            more = in.accept('.');
        }
        var section = new Section(path, more ? text(in, !path.isEmpty()) : Section.Whole.BODY);
        in.expect(']');
        return section;
    }

    /** Part numbers alone. */
    static List<Integer> path(CommandReader in) {
        var path = new ArrayList<Integer>();
        if (in.accept(']')) {
            return path;
        }
        do {
            path.add(number(in, path.size()));
        } while (in.accept('.'));
        in.expect(']');
        return path;
    }

    private static int number(CommandReader in, int before) {
        if (before == DEEPEST) {
            throw in.expected("no more than " + DEEPEST + " part numbers");
        }
        int start = in.offset();
        long number = in.nzNumber();
        if (number > Integer.MAX_VALUE) {
            throw new ImapSyntaxException("a part number", start);
        }
        return (int) number;
    }

    /** section-text; MIME is of a part only. */
    private static Section.What text(CommandReader in, boolean ofPart) {
        int before = in.offset();
        return switch (in.word("a section")) {
            case "HEADER" -> Section.Whole.HEADER;
            case "TEXT" -> Section.Whole.TEXT;
            case "HEADER.FIELDS" -> new Section.Fields(in.space().list(MOST_NAMES, CommandReader::text), false);
            case "HEADER.FIELDS.NOT" -> new Section.Fields(in.space().list(MOST_NAMES, CommandReader::text), true);
            case String word when word.equals("MIME") && ofPart -> Section.Whole.MIME;
            default -> throw new ImapSyntaxException("a section", before);
        };
    }
}
