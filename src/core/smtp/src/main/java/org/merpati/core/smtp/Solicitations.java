package org.merpati.core.smtp;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.merpati.core.api.blob.Content;
import org.merpati.core.store.ContentOctets;
import org.merpati.lib.mime.Header;
import org.merpati.lib.smtp.SmtpReply;

/** Mail that says of itself that it solicits something, in MAIL or in its header, and is not wanted (RFC 3865 §2.2). */
final class Solicitations {
    private final Set<String> unwanted;

    Solicitations(List<String> unwanted) {
        this.unwanted =
                unwanted.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Why mail of these keywords is refused; empty when it is not. */
    Optional<SmtpReply> refusal(Collection<String> keywords) {
        return refusal(keywords.stream());
    }

    /** The same of the Solicitation fields of a message, wherever in its header. */
    Optional<SmtpReply> refusal(Content message) throws IOException {
        return unwanted.isEmpty()
                ? Optional.empty()
                : refusal(Header.read(new ContentOctets(message)).all("Solicitation").stream()
                        .flatMap(field -> Stream.of(field.text().split(",", -1))));
    }

    private Optional<SmtpReply> refusal(Stream<String> keywords) {
        return keywords.map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(unwanted::contains)
                .findFirst()
                .map(word -> SmtpReply.of(550, "5.7.1", "Mail that solicits " + word + " is not wanted here"));
    }
}
