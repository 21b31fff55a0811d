package org.merpati.lib.mime.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.mime.Part;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.field.Parameters.Parameter;

/**
 * IMAP's description of a part (RFC 9051 §7.5.2). A multipart without a single part is described as the plain text that it
 * looks like; a message inside that was not read, being encoded or too deep, as an empty one.
 */
public sealed interface BodyStructure {
    Extension extension();

    /** What is said of a part in BODYSTRUCTURE and not in BODY. */
    record Extension(Optional<Disposition> disposition, List<String> languages, Optional<String> location) {
        public Extension {
            languages = List.copyOf(languages);
        }
    }

    /** @param parts one at least */
    record Multipart(List<BodyStructure> parts, String subtype, Parameters parameters, Extension extension)
            implements BodyStructure {
        public Multipart {
            parts = List.copyOf(parts);
        }
    }

    /**
     * @param id with its angle brackets
     * @param size in octets, as it is transferred
     * @param md5 said in BODYSTRUCTURE only
     */
    record Single(
            String type,
            String subtype,
            Parameters parameters,
            Optional<String> id,
            Optional<String> description,
            String encoding,
            long size,
            Content content,
            Optional<String> md5,
            Extension extension)
            implements BodyStructure {}

    /** What is said of some types only. */
    sealed interface Content {}

    record Other() implements Content {}

    record Text(long lines) implements Content {}

    record Message(Envelope envelope, BodyStructure body, long lines) implements Content {}

    /** As deep as the parser lets parts be. */
    static BodyStructure of(Part part) {
        var extension =
                new Extension(part.disposition(), languages(part), FieldText.of(part.header(), "Content-Location"));
        if (!part.isMultipart()) {
            return single(part, extension);
        }
        var parts = new ArrayList<BodyStructure>();
        part.parts().forEach(child -> parts.add(of(child)));
        return new Multipart(
                parts, part.contentType().subtype(), part.contentType().parameters(), extension);
    }

    private static Single single(Part part, Extension extension) {
        var header = part.header();
        boolean broken = part.contentType().type().equals("multipart");
        var type = broken ? "text" : part.contentType().type();
        var subtype = broken ? "plain" : part.contentType().subtype();
        boolean message =
                part.contentType().is("message", "rfc822") || part.contentType().is("message", "global");
        var content = message ? message(part) : type.equals("text") ? new Text(part.lines()) : new Other();
        return new Single(
                type,
                subtype,
                broken ? withCharset(Parameters.NONE) : parameters(part),
                FieldText.of(header, "Content-ID"),
                FieldText.of(header, "Content-Description").map(FieldText::encoded),
                FieldText.of(header, "Content-Transfer-Encoding")
                        .map(BodyStructure::firstWord)
                        .filter(word -> !word.isEmpty())
                        .orElse("7bit"),
                part.size(),
                content,
                FieldText.of(header, "Content-MD5"),
                extension);
    }

    private static Message message(Part part) {
        return part.message()
                .map(root -> new Message(Envelope.of(root.header()), of(root), part.lines()))
                .orElseGet(() -> new Message(Envelope.NONE, emptyText(), part.lines()));
    }

    private static Single emptyText() {
        return new Single(
                "text",
                "plain",
                withCharset(Parameters.NONE),
                Optional.empty(),
                Optional.empty(),
                "7bit",
                0,
                new Text(0),
                Optional.empty(),
                new Extension(Optional.empty(), List.of(), Optional.empty()));
    }

    /** Those of its content type; a text has a charset also where it does not say so (RFC 2045 §5.2). */
    private static Parameters parameters(Part part) {
        var given = part.contentType().parameters();
        boolean text = part.contentType().type().equals("text");
        return text && given.get("charset").isEmpty() ? withCharset(given) : given;
    }

    private static Parameters withCharset(Parameters given) {
        var all = new ArrayList<Parameter>();
        all.addAll(given.all());
        all.add(new Parameter("charset", "us-ascii"));
        return new Parameters(all);
    }

    /** Content-Language (RFC 3282 §2): tags between commas, comments left out. */
    private static List<String> languages(Part part) {
        var tags = new ArrayList<String>();
        var text = FieldText.of(part.header(), "Content-Language").orElse("");
        for (int from = 0; from < text.length(); ) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            var tag = firstWord(text.substring(from, end));
            if (!tag.isEmpty()) {
                tags.add(tag);
            }
            from = end + 1;
        }
        return tags;
    }

    /** Up to a space or the beginning of a comment, as it stands; a comment before it is passed over. */
    private static String firstWord(String text) {
        int from = 0;
        while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '(')) {
            int close = text.charAt(from) == '(' ? text.indexOf(')', from) : from;
            from = close < 0 ? text.length() : close + 1;
        }
        int end = from;
        while (end < text.length() && " (;".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(from, end).replace("\"", "");
    }
}
