package org.merpati.lib.mime.write;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.DateTime;
import org.merpati.lib.mime.field.Parameters;

/** Header fields by the kind of their value. Each method gives the whole field with its line ends. */
final class FieldWriter {
    private final boolean utf8;
    private final TextWriter text;
    private final ParameterWriter parameters;

    FieldWriter(boolean utf8) {
        this.utf8 = utf8;
        this.text = new TextWriter(utf8);
        this.parameters = new ParameterWriter(utf8);
    }

    String field(NewField field) {
        var line = new FieldLine(field.name());
        try {
            switch (field.value()) {
                case HeaderValue.Text value -> text.text(line, value.text());
                case HeaderValue.Addresses value -> new AddressWriter(utf8).list(line, value.addresses());
                case HeaderValue.Date value -> line.add(date(value.date()));
                case HeaderValue.Ids value -> value.ids().forEach(id -> line.add('<' + ascii(id, "an id") + '>'));
                case HeaderValue.Urls value -> urls(line, value.urls());
                case HeaderValue.Raw value -> line.join(" ").join(ascii(value.body(), "a raw body"));
            }
            return line.end();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Content-Type. It and Content-Disposition have the file's name in the two forms that together everybody reads: Outlook and
     * old programs read encoded words in the type's name, all others the disposition's as RFC 2231 has it.
     */
    String contentType(ContentType type, String fileName) {
        if (!Characters.isToken(type.type()) || !Characters.isToken(type.subtype())) {
            throw new IllegalArgumentException("not a media type: " + Characters.shown(type.mediaType()));
        }
        var line = new FieldLine("Content-Type").add(type.mediaType());
        for (var parameter : type.parameters().all()) {
            if (fileName.isEmpty() || !parameter.name().equalsIgnoreCase("name")) {
                parameters.add(line, parameter.name(), parameter.value());
            }
        }
        if (!fileName.isEmpty()) {
            parameters.addEncodedInQuotes(line, "name", fileName);
        }
        return line.end();
    }

    /** @param others the parameters besides the file name */
    String disposition(String kind, String fileName, Parameters others) {
        if (!Characters.isToken(kind)) {
            throw new IllegalArgumentException("not a disposition: " + Characters.shown(kind));
        }
        var line = new FieldLine("Content-Disposition").add(kind);
        if (!fileName.isEmpty()) {
            parameters.add(line, "filename", fileName);
        }
        others.all().forEach(parameter -> parameters.add(line, parameter.name(), parameter.value()));
        return line.end();
    }

    /** Content-Language (RFC 3282 §2). */
    String languages(List<String> tags) {
        var line = new FieldLine("Content-Language");
        var after = "";
        for (var tag : tags) {
            if (tag.isEmpty() || !tag.chars().allMatch(c -> Characters.isAlphanumeric(c) || c == '-')) {
                throw new IllegalArgumentException("not a language tag: " + Characters.shown(tag));
            }
            line.join(after).add(tag);
            after = ",";
        }
        return line.end();
    }

    private static void urls(FieldLine line, List<String> urls) {
        var after = "";
        for (var url : urls) {
            line.join(after).add('<' + url + '>');
            after = ",";
        }
    }

    private String ascii(String value, String what) {
        if (!utf8 && !Characters.isAscii(value)) {
            throw new IllegalArgumentException(what
                    + " is not ASCII, which only a message in UTF-8 can have (RFC 6532): " + Characters.shown(value));
        }
        return value;
    }

    /** RFC 5322 §3.3. A zone with seconds, as there were in the nineteenth century, becomes UTC. */
    private static String date(OffsetDateTime given) {
        int seconds = given.getOffset().getTotalSeconds();
        var date = seconds % 60 == 0 ? given : given.withOffsetSameInstant(ZoneOffset.UTC);
        if (date.getYear() < 1900 || date.getYear() > 9999) {
            throw new IllegalArgumentException("a year from 1900 to 9999, not " + date.getYear());
        }
        return DateTime.format(date);
    }
}
