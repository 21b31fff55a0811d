package org.merpati.lib.imap.command;

/** About mailboxes, not about what the selected one holds. */
public sealed interface MailboxCommand extends SignedInCommand
        permits Create,
                Delete,
                GetJmapAccess,
                GetMetadata,
                ListMailboxes,
                ListSubscribed,
                Namespace,
                QuotaOf,
                QuotaRootOf,
                Rename,
                SetMetadata,
                SetQuota,
                StatusOf,
                Subscribe {}
