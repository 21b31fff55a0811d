package org.merpati.lib.mime.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.merpati.lib.mime.field.ContentType;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.field.Parameters.Parameter;

/**
 * A body part to be written, a value: each method gives a changed copy.
 *
 * <pre>{@code
 * BodyPart.content("image/png", ContentSource.of(path)).inline().contentId("logo@example.org").fileName("logo.png")
 * }</pre>
 */
public sealed interface BodyPart {
    /** Text, which travels as UTF-8 with CRLF at its line ends. */
    record Text(String subtype, String text, Parameters parameters, PartHeaders headers) implements BodyPart {
        @Override
        public BodyPart with(PartHeaders headers) {
            return new Text(subtype, text, parameters, headers);
        }
    }

    /** Octets, which arrive as they are: a file, or a message ({@code message/rfc822}), whose line ends become CRLF. */
    record Content(ContentType type, ContentSource source, PartHeaders headers) implements BodyPart {
        public Content {
            if (type.type().equals("multipart")) {
                throw new IllegalArgumentException("a multipart is made of its parts, not of octets");
            }
        }

        @Override
        public BodyPart with(PartHeaders headers) {
            return new Content(type, source, headers);
        }
    }

    /** Parts in one (RFC 2046 §5.1). */
    record Multipart(String subtype, Parameters parameters, List<BodyPart> parts, PartHeaders headers)
            implements BodyPart {
        public Multipart {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException(
                        "multipart/" + subtype + " has no parts; it needs one (RFC 2046 §5.1)");
            }
        }

        @Override
        public BodyPart with(PartHeaders headers) {
            return new Multipart(subtype, parameters, parts, headers);
        }
    }

    /** A message within the message (RFC 2046 §5.2.1). */
    record Nested(NewMessage message, PartHeaders headers) implements BodyPart {
        @Override
        public BodyPart with(PartHeaders headers) {
            return new Nested(message, headers);
        }
    }

    static BodyPart text(String text) {
        return text("plain", text);
    }

    static BodyPart html(String html) {
        return text("html", html);
    }

    static BodyPart text(String subtype, String text) {
        return text(subtype, text, Parameters.NONE);
    }

    /** @param parameters without charset, such as {@code format} */
    static BodyPart text(String subtype, String text, Parameters parameters) {
        return new Text(lower(subtype), text, parameters, PartHeaders.NONE);
    }

    /** @param mediaType without parameters, {@code image/png} */
    static BodyPart content(String mediaType, ContentSource source) {
        int slash = mediaType.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a media type: " + Characters.shown(mediaType));
        }
        var type = lower(mediaType.substring(0, slash));
        return content(new ContentType(type, lower(mediaType.substring(slash + 1)), Parameters.NONE), source);
    }

    static BodyPart content(ContentType type, ContentSource source) {
        return new Content(type, source, PartHeaders.NONE);
    }

    static BodyPart multipart(String subtype, BodyPart... parts) {
        return multipart(subtype, Arrays.asList(parts));
    }

    static BodyPart multipart(String subtype, List<? extends BodyPart> parts) {
        return multipart(subtype, Parameters.NONE, parts);
    }

    /** @param parameters without boundary, such as {@code report-type} */
    static BodyPart multipart(String subtype, Parameters parameters, List<? extends BodyPart> parts) {
        return new Multipart(lower(subtype), parameters, List.copyOf(parts), PartHeaders.NONE);
    }

    /** {@code multipart/related} (RFC 2387): the first part with those that it refers to by their Content-ID. */
    static BodyPart related(BodyPart root, List<? extends BodyPart> others) {
        var parts = new ArrayList<BodyPart>();
        parts.add(root);
        parts.addAll(others);
        return multipart("related", new Parameters(List.of(new Parameter("type", root.mediaType()))), parts);
    }

    /** A message as it stands, to be forwarded or returned. */
    static BodyPart message(ContentSource message) {
        return content(ContentType.MESSAGE, message);
    }

    static BodyPart message(NewMessage message) {
        return new Nested(message, PartHeaders.NONE);
    }

    PartHeaders headers();

    BodyPart with(PartHeaders headers);

    default BodyPart attachment() {
        return disposition("attachment");
    }

    default BodyPart inline() {
        return disposition("inline");
    }

    /** @param kind a token (RFC 2183 §2) */
    default BodyPart disposition(String kind) {
        return disposition(kind, Parameters.NONE);
    }

    /** @param parameters all but the file name */
    default BodyPart disposition(String kind, Parameters parameters) {
        return with(headers().disposition(kind, parameters));
    }

    /** Any text of one line. Without a disposition it is only the type's {@code name}. */
    default BodyPart fileName(String name) {
        return with(headers().fileName(name));
    }

    /** @param id what a {@code cid:} URL names (RFC 2392 §2), with or without angle brackets */
    default BodyPart contentId(String id) {
        return with(headers().contentId(id));
    }

    default BodyPart languages(List<String> tags) {
        return with(headers().languages(tags));
    }

    default BodyPart description(String text) {
        return with(headers().description(text));
    }

    default BodyPart location(String url) {
        return with(headers().location(url));
    }

    /** Adds a further field of the part's header; refused for those that the part writes itself. */
    default BodyPart header(String name, HeaderValue value) {
        return with(headers().field(name, value));
    }

    /** The media type without parameters. */
    default String mediaType() {
        return switch (this) {
            case Text part -> "text/" + part.subtype;
            case Content part -> part.type.mediaType();
            case Multipart part -> "multipart/" + part.subtype;
            case Nested part -> ContentType.MESSAGE.mediaType();
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
