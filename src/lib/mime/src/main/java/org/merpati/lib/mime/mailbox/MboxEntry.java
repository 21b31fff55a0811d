package org.merpati.lib.mime.mailbox;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of an mbox file.
 *
 * @param sender the envelope's, as it stands in the {@code From } line; {@code -} and {@code MAILER-DAEMON} among others
 * @param date when it was delivered; UTC where no zone is given (RFC 4155 Appendix A)
 * @param content the message, to be read before the next entry is asked for
 */
public record MboxEntry(Optional<String> sender, Optional<Instant> date, InputStream content) {}
