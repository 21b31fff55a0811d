package org.merpati.lib.imap.command;

/** Valid before login only (RFC 3501 §6.2). */
public sealed interface BeforeLoginCommand extends ImapCommand permits Authenticate, Login, StartTls {}
