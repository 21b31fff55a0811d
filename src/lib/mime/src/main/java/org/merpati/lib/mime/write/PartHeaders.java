package org.merpati.lib.mime.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.merpati.lib.mime.field.Parameters;

/**
 * What a part says of itself besides its type; an empty string or list for what it does not say.
 *
 * @param disposition {@code inline}, {@code attachment} or another token (RFC 2183 §2)
 * @param dispositionParameters all but the file name
 * @param fileName any text of one line
 * @param contentId without angle brackets
 * @param languages tags (RFC 3282)
 * @param location a URL (RFC 2557 §4)
 * @param fields further ones, in this order
 */
public record PartHeaders(
        String disposition,
        Parameters dispositionParameters,
        String fileName,
        String contentId,
        List<String> languages,
        String description,
        String location,
        List<NewField> fields) {
    public static final PartHeaders NONE = new PartHeaders("", Parameters.NONE, "", "", List.of(), "", "", List.of());
    private static final List<String> WRITTEN_ELSEWHERE =
            List.of("content-type", "content-transfer-encoding", "content-disposition", "content-id", "mime-version");

    public PartHeaders {
        Characters.requireOneLine(fileName);
        Characters.requireOneLine(description);
        languages = List.copyOf(languages);
        fields = List.copyOf(fields);
    }

    public PartHeaders disposition(String kind, Parameters parameters) {
        return new PartHeaders(kind, parameters, fileName, contentId, languages, description, location, fields);
    }

    public PartHeaders fileName(String name) {
        return new PartHeaders(
                disposition, dispositionParameters, name, contentId, languages, description, location, fields);
    }

    public PartHeaders contentId(String id) {
        return new PartHeaders(
                disposition,
                dispositionParameters,
                fileName,
                Characters.id(id),
                languages,
                description,
                location,
                fields);
    }

    public PartHeaders languages(List<String> tags) {
        return new PartHeaders(
                disposition, dispositionParameters, fileName, contentId, tags, description, location, fields);
    }

    public PartHeaders description(String text) {
        return new PartHeaders(
                disposition, dispositionParameters, fileName, contentId, languages, text, location, fields);
    }

    public PartHeaders location(String url) {
        return new PartHeaders(
                disposition,
                dispositionParameters,
                fileName,
                contentId,
                languages,
                description,
                Characters.url(url),
                fields);
    }

    public PartHeaders field(String name, HeaderValue value) {
        if (WRITTEN_ELSEWHERE.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    name + " of a part is not set as a field: its type, encoding, disposition"
                            + " and id have ways of their own");
        }
        var more = new ArrayList<>(fields);
        more.add(new NewField(name, value));
        return new PartHeaders(
                disposition, dispositionParameters, fileName, contentId, languages, description, location, more);
    }
}
