package org.merpati.lib.mime.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.field.Parameters.Parameter;
import org.merpati.lib.mime.write.Planned.Encoding;

/** Decides how each part travels and writes its header. */
final class Planner {
    private final Transport transport;
    private final RandomGenerator random;
    private final FieldWriter fields;

    Planner(Transport transport, boolean utf8, RandomGenerator random) {
        this.transport = transport;
        this.random = random;
        this.fields = new FieldWriter(utf8);
    }

    Planned message(NewMessage message) throws IOException {
        var header = new StringBuilder();
        message.fields().forEach(field -> header.append(fields.field(field)));
        return part(message.body(), header.append("MIME-Version: 1.0\r\n").toString(), true);
    }

    /**
     * @param before fields that come before the part's own
     * @param whole whether the part is all of a message's body, which servers make end with a line end
     */
    private Planned part(BodyPart part, String before, boolean whole) throws IOException {
        return switch (part) {
            case BodyPart.Text text -> text(text, before, whole);
            case BodyPart.Content content when isIdentityOnly(content.type()) -> message(content, before);
            case BodyPart.Content content -> leaf(content, content.type(), before, content.source(), whole);
            case BodyPart.Multipart multipart -> multipart(multipart, before);
            case BodyPart.Nested nested -> nested(nested, before);
        };
    }

    /** RFC 2046 §5.2 allows these no encoding but 7bit, 8bit and binary; RFC 6532 §3.7 allows message/global all. */
    private static boolean isIdentityOnly(ContentType type) {
        return type.type().equals("message") && !type.subtype().startsWith("global");
    }

    private Planned text(BodyPart.Text part, String before, boolean whole) throws IOException {
        var text = LineEnds.canonical(part.text());
        boolean open = whole && !text.isEmpty() && !text.endsWith("\r\n");
        var bytes = (open ? text + "\r\n" : text).getBytes(StandardCharsets.UTF_8);
        var type = new ContentType("text", part.subtype(), with(part.parameters(), "charset", "utf-8"));
        return leaf(part, type, before, ContentSource.of(bytes), whole);
    }

    private Planned leaf(BodyPart part, ContentType type, String before, ContentSource source, boolean whole)
            throws IOException {
        boolean text = type.type().equals("text");
        var scan = scan(source, text);
        boolean open = whole && scan.size() > 0 && !scan.endsWithLineEnd(); // an added line end would become content
        boolean plain = scan.needs().compareTo(transport) <= 0 && (!open || transport == Transport.BINARY);
        var encoding = Encoding.NONE;
        if (!plain) {
            boolean quotable = !whole || (text && !open); // else it has no line end to end the message with
            encoding = quotable && scan.quotedPrintableIsShorter() ? Encoding.QUOTED_PRINTABLE : Encoding.BASE64;
        }
        var needs = plain ? scan.needs() : Transport.SEVEN_BIT;
        var name = switch (encoding) {
            case NONE -> needs.encoding();
            case QUOTED_PRINTABLE -> "quoted-printable";
            case BASE64 -> "base64";
        };
        var header = header(before, part, type, name);
        return new Planned.Leaf(header, needs(header, needs), encoding, source, scan.size(), text, whole);
    }

    private Planned message(BodyPart.Content part, String before) throws IOException {
        ContentSource source = () -> LineEnds.canonical(part.source().open());
        var scan = scan(source, false);
        if (scan.needs().compareTo(transport) > 0) {
            throw new IllegalArgumentException("a part of type " + part.mediaType() + " has "
                    + (scan.needs() == Transport.EIGHT_BIT ? "octets beyond ASCII" : "lines over 998 octets, or NUL")
                    + ", so that it needs " + scan.needs().encoding() + " where only "
                    + transport.encoding() + " is to be used, and it may not be encoded (RFC 2046 §5.2)");
        }
        var header = header(before, part, part.type(), scan.needs().encoding());
        return new Planned.Leaf(header, needs(header, scan.needs()), Encoding.NONE, source, scan.size(), false, false);
    }

    private Planned multipart(BodyPart.Multipart part, String before) throws IOException {
        var parts = new ArrayList<Planned>();
        var needs = Transport.SEVEN_BIT;
        for (var each : part.parts()) {
            var planned = part(each, "", false);
            parts.add(planned);
            needs = needs.atLeast(planned.needs());
        }
        var boundary = "=_" + Chance.letters(random); // "=_" is in no encoded line (RFC 2045 §6.7)
        var type = new ContentType("multipart", part.subtype(), with(part.parameters(), "boundary", boundary));
        var header = header(before, part, type, needs.encoding());
        return new Planned.Multipart(header, needs(header, needs), boundary, List.copyOf(parts));
    }

    private Planned nested(BodyPart.Nested part, String before) throws IOException {
        var message = message(part.message());
        boolean global = !Characters.isAscii(message.header()); // RFC 6532 §3.7
        var type = global ? new ContentType("message", "global", Parameters.NONE) : ContentType.MESSAGE;
        var header = header(before, part, type, message.needs().encoding());
        return new Planned.Nested(header, needs(header, message.needs()), message);
    }

    private static ContentScan scan(ContentSource source, boolean text) throws IOException {
        try (var in = source.open()) {
            return ContentScan.of(in, text);
        }
    }

    private static Transport needs(String header, Transport body) {
        return Characters.isAscii(header) ? body : body.atLeast(Transport.EIGHT_BIT);
    }

    private static Parameters with(Parameters given, String name, String value) {
        var all = new ArrayList<Parameter>();
        all.add(new Parameter(name, value));
        given.all().stream()
                .filter(parameter -> !parameter.name().equalsIgnoreCase(name))
                .forEach(all::add);
        return new Parameters(all);
    }

    private String header(String before, BodyPart part, ContentType type, String encoding) {
        var said = part.headers();
        var header = new StringBuilder(before).append(fields.contentType(type, said.fileName()));
        if (!encoding.equals(Transport.SEVEN_BIT.encoding())) {
            header.append("Content-Transfer-Encoding: ").append(encoding).append("\r\n");
        }
        if (!said.disposition().isEmpty()) {
            header.append(fields.disposition(said.disposition(), said.fileName(), said.dispositionParameters()));
        }
        if (!said.contentId().isEmpty()) {
            header.append(fields.field(new NewField("Content-ID", new HeaderValue.Ids(List.of(said.contentId())))));
        }
        if (!said.description().isEmpty()) {
            header.append(fields.field(new NewField("Content-Description", new HeaderValue.Text(said.description()))));
        }
        if (!said.languages().isEmpty()) {
            header.append(fields.languages(said.languages()));
        }
        if (!said.location().isEmpty()) {
            header.append(fields.field(new NewField("Content-Location", new HeaderValue.Raw(said.location()))));
        }
        said.fields().forEach(field -> header.append(fields.field(field)));
        return header.toString();
    }
}
