/**
 * SMTP's commands as values (RFC 5321 §4.1.1). {@link org.merpati.lib.smtp.command.SmtpVerb} is the table of contents; each
 * command is a record with its syntax; the sealed parent says when it is allowed.
 */
@NullMarked
package org.merpati.lib.smtp.command;

import org.jspecify.annotations.NullMarked;
