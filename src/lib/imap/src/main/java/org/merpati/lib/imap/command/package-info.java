/**
 * IMAP commands as values, one record each with its grammar beside it (RFC 3501 §6, RFC 2177).
 *
 * <p>{@link org.merpati.lib.imap.command.ImapVerb} is the table of contents. In which states a command may be given stands
 * in its sealed parent ({@code AnyStateCommand}, {@code BeforeLoginCommand}, {@code SignedInCommand}, {@code
 * SelectedCommand}), so that a dispatcher's switch can't disagree with it.
 */
@NullMarked
package org.merpati.lib.imap.command;

import org.jspecify.annotations.NullMarked;
