package org.merpati.lib.imap.command;

/** Looks for messages in the selected mailbox. */
public sealed interface SearchCommand extends SelectedCommand permits Search, Sort, ThreadSearch {}
