package org.merpati.lib.imap.command;

/** Valid in every state (RFC 3501 §6.1). */
public sealed interface AnyStateCommand extends ImapCommand permits Capability, Id, Noop, Logout {}
