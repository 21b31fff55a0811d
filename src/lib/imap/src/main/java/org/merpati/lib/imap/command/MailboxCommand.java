package org.merpati.lib.imap.command;

/** About mailboxes, not about what the selected one holds. */
public sealed interface MailboxCommand extends SignedInCommand
        permits Create,
                Delete,
                ListMailboxes,
                ListSubscribed,
                Namespace,
                QuotaOf,
                QuotaRootOf,
                Rename,
                SetQuota,
                StatusOf,
                Subscribe {}
