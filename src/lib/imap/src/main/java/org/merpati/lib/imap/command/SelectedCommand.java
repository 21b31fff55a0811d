package org.merpati.lib.imap.command;

/** Valid with a mailbox selected (RFC 3501 §6.4). */
public sealed interface SelectedCommand extends ImapCommand
        permits CancelUpdate,
                Check,
                Close,
                Copy,
                Expunge,
                Fetch,
                Move,
                Replace,
                SearchCommand,
                Store,
                UidBatches,
                Unselect {}
