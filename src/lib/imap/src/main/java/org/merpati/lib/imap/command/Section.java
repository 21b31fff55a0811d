package org.merpati.lib.imap.command;

import java.util.List;
import org.merpati.lib.imap.CommandReader;

/** Which part of a message (RFC 3501 §6.4.5, section). */
public sealed interface Section {
    /** {@code BODY[]}. */
    record Whole() implements Section {}

    /** {@code BODY[HEADER]}. */
    record Header() implements Section {}

    /** {@code BODY[TEXT]}. */
    record Text() implements Section {}

    /** {@code BODY[HEADER.FIELDS (…)]}, or with {@code not} {@code BODY[HEADER.FIELDS.NOT (…)]}: names as the client wrote them. */
    record HeaderFields(List<String> names, boolean not) implements Section {
        public HeaderFields {
            names = List.copyOf(names);
        }
    }

    /** A body part by its number: the grammar knows it, the server does not cut messages into parts yet. */
    record Part(String path) implements Section {}

    /** After the opening bracket, up to and with the closing one. */
    static Section parse(CommandReader in) {
        if (in.accept(']')) {
            return new Whole();
        }
        boolean numbered = in.nextIsDigit();
        int before = in.offset();
        var word = in.word("a section");
        Section section = switch (numbered ? word.replaceFirst("^[1-9][0-9]*(\\.[1-9][0-9]*)*\\.?", "") : word) {
            case "HEADER" -> new Header();
            case "TEXT" -> new Text();
            case "HEADER.FIELDS" -> new HeaderFields(in.space().list(200, CommandReader::text), false);
            case "HEADER.FIELDS.NOT" -> new HeaderFields(in.space().list(200, CommandReader::text), true);
            default -> {
                if (!numbered) {
                    throw new org.merpati.lib.imap.ImapSyntaxException("a section", before);
                }
                yield new Part(word);
            }
        };
        in.expect(']');
        return numbered ? new Part(word) : section;
    }
}
