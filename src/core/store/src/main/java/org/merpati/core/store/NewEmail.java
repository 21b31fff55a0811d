package org.merpati.core.store;

import java.time.Instant;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;

/** A message as a client puts it into a mailbox: IMAP APPEND, JMAP Email/import and Email/set create. */
public record NewEmail(NewMessage message, Instant received, Set<Keyword> keywords, boolean deleted) {
    public NewEmail {
        keywords = Set.copyOf(keywords);
    }
}
