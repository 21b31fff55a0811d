package org.merpati.lib.smtp.path;

import java.util.Locale;

/**
 * A mailbox's address.
 *
 * @param localPart without quotes; its case is kept
 */
public record Mailbox(String localPart, MailDomain domain) {
    /** Whether this is the reserved name that every domain has (RFC 5321 §4.5.1). */
    public boolean postmaster() {
        return localPart.toLowerCase(Locale.ROOT).equals("postmaster");
    }

    /** As it is written in a path, quoted only where it has to be (RFC 5321 §4.1.2). */
    @Override
    public String toString() {
        return PathGrammar.quoted(localPart) + "@" + domain;
    }
}
