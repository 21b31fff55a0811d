package org.merpati.lib.imap.command;

/** Valid after login, with a mailbox selected or not (RFC 3501 §6.3). */
public sealed interface SignedInCommand extends ImapCommand
        permits Append, Select, Examine, Enable, Idle, MultiSearch, Notify, Compress, Unauthenticate, MailboxCommand {}
