package org.merpati.lib.mime.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.lib.mime.Part;

/**
 * Which parts of a message are shown, and which are offered for download, by the algorithm of RFC 8621 §4.1.4. Messages inside
 * are leaves here. A multipart without a single part, its boundary being nowhere, is taken for the plain text that it looks like.
 *
 * @param textBody shown one after the other to who prefers plain text: text/plain, text/html, images, audio and video
 * @param htmlBody likewise to who prefers HTML
 * @param attachments every leaf in neither, and media that are not in both
 */
public record BodyView(List<Part> textBody, List<Part> htmlBody, List<Part> attachments) {
    public BodyView {
        textBody = List.copyOf(textBody);
        htmlBody = List.copyOf(htmlBody);
        attachments = List.copyOf(attachments);
    }

    public static BodyView of(Part root) {
        var sorting = new Sorting();
        var text = new ArrayList<Part>();
        var html = new ArrayList<Part>();
        sorting.sort(List.of(root), "mixed", false, html, text);
        return new BodyView(text, html, sorting.attachments);
    }

    /** What names a part within its message: the section number of a leaf, nothing for a multipart. */
    public static Optional<String> partId(Part part) {
        return part.isMultipart() ? Optional.empty() : Optional.of(part.section());
    }

    /** The media type that a part is treated as, as {@code text/plain}. */
    public static String mediaType(Part part) {
        boolean broken = part.parts().isEmpty() && part.contentType().type().equals("multipart");
        return broken ? "text/plain" : part.contentType().mediaType();
    }

    /**
     * Whether a person would say that the message has an attachment: one that its sender did not mark as inline. Not counted
     * are what a mail program deals with by itself, signatures and the images of an HTML page, which stand beside it in a
     * multipart/related, have a Content-ID and are not marked as attachments.
     */
    public boolean hasAttachment() {
        for (var part : attachments) {
            var disposition = part.disposition().map(given -> given.kind()).orElse("");
            boolean ofPage = isInlineMedia(mediaType(part))
                    && !disposition.equals("attachment")
                    && part.contentId().isPresent()
                    && part.parent()
                            .map(parent -> parent.contentType().is("multipart", "related"))
                            .orElse(false);
            if (!disposition.equals("inline") && !ofPage && !isSignature(mediaType(part))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSignature(String type) {
        return type.equals("application/pgp-signature")
                || type.equals("application/pkcs7-signature")
                || type.equals("application/x-pkcs7-signature");
    }

    private static boolean isInlineMedia(String type) {
        return type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/");
    }

    /** parseStructure of RFC 8621 §4.1.4, with its names where they say enough. As deep as the parser lets parts be. */
    private static final class Sorting {
        final List<Part> attachments = new ArrayList<>();

        void sort(
                List<Part> parts,
                String multipartType,
                boolean inAlternative,
                @Nullable List<Part> html,
                @Nullable List<Part> text) {
            var htmlBody = html;
            var textBody = text;
            int textLength = textBody == null ? -1 : textBody.size();
            int htmlLength = htmlBody == null ? -1 : htmlBody.size();
            for (int i = 0; i < parts.size(); i++) {
                var part = parts.get(i);
                var type = mediaType(part);
                if (part.isMultipart()) {
                    var subtype = part.contentType().subtype();
                    sort(part.parts(), subtype, inAlternative || subtype.equals("alternative"), htmlBody, textBody);
                } else if (!isInline(part, type, i == 0, multipartType)) {
                    attachments.add(part);
                } else if (multipartType.equals("alternative")) {
                    var body = type.equals("text/plain") ? textBody : type.equals("text/html") ? htmlBody : attachments;
                    if (body != null) {
                        body.add(part);
                    }
                } else {
                    if (inAlternative && type.equals("text/plain")) {
                        htmlBody = null;
                    }
                    if (inAlternative && type.equals("text/html")) {
                        textBody = null;
                    }
                    if (textBody != null) {
                        textBody.add(part);
                    }
                    if (htmlBody != null) {
                        htmlBody.add(part);
                    }
                    if ((textBody == null || htmlBody == null) && isInlineMedia(type)) {
                        attachments.add(part);
                    }
                }
            }
            if (multipartType.equals("alternative") && textBody != null && htmlBody != null) {
                fill(textBody, textLength, htmlBody, htmlLength);
                fill(htmlBody, htmlLength, textBody, textLength);
            }
        }

        /** Where only one kind of text was found it serves for both. */
        private static void fill(List<Part> missing, int missingBefore, List<Part> found, int foundBefore) {
            if (missing.size() == missingBefore && found.size() != foundBefore) {
                missing.addAll(found.subList(foundBefore, found.size()));
            }
        }

        /** Whether it is part of a body rather than an attachment. */
        private static boolean isInline(Part part, String type, boolean first, String multipartType) {
            boolean attached = part.disposition()
                    .map(disposition -> disposition.kind().equals("attachment"))
                    .orElse(false);
            boolean media = isInlineMedia(type);
            return !attached
                    && (media || type.equals("text/plain") || type.equals("text/html"))
                    && (first
                            || (!multipartType.equals("related")
                                    && (media || part.name().isEmpty())));
        }
    }
}
