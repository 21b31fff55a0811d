package org.merpati.lib.imap.command;

/** A command without its tag. */
public sealed interface ImapCommand permits AnyStateCommand, BeforeLoginCommand, SignedInCommand, SelectedCommand {}
