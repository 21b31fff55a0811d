package org.merpati.lib.imap.response;

import java.io.IOException;
import java.util.List;
import org.merpati.lib.imap.MailboxName;

/** How what is said of mailboxes looks on the wire (RFC 9051 §7.3). */
final class MailboxWriter {
    private final ImapWriter out;

    MailboxWriter(ImapWriter out) {
        this.out = out;
    }

    void write(MailboxResponse response) throws IOException {
        switch (response) {
            case MailboxResponse.Listed listed -> {
                line("LIST", listed.attributes(), listed.mailbox());
                extended(listed);
            }
            case MailboxResponse.Subscribed subscribed -> line("LSUB", subscribed.attributes(), subscribed.mailbox());
            case MailboxResponse.Root root ->
                out.raw(root.lsub() ? "* LSUB" : "* LIST").raw(" (\\Noselect) \"/\" \"\"");
            case MailboxResponse.Namespaces one -> out.raw("* NAMESPACE ((\"\" \"/\")) NIL NIL");
            case MailboxResponse.JmapSession session -> out.raw("* JMAPACCESS ").string(session.url());
            case MailboxResponse.QuotaRoots quota -> {
                out.raw("* QUOTAROOT ").mailbox(quota.mailbox());
                for (var root : quota.roots()) {
                    out.raw(" ").astring(root);
                }
            }
            case MailboxResponse.Quota quota -> quota(quota);
            case MailboxResponse.Metadata metadata -> {
                out.raw("* METADATA ").mailbox(metadata.mailbox());
                var separator = " (";
                for (var entry : metadata.entries().entrySet()) {
                    out.raw(separator).astring(entry.getKey()).raw(" ").nstring(entry.getValue());
                    separator = " ";
                }
                out.raw(")");
            }
            case MailboxResponse.MetadataChanged changed -> {
                out.raw("* METADATA ").mailbox(changed.mailbox());
                for (var entry : changed.entries()) {
                    out.raw(" ").astring(entry);
                }
            }
            case MailboxResponse.MailboxStatus status -> status(status);
        }
    }

    private void line(String name, List<String> attributes, MailboxName mailbox) throws IOException {
        out.raw("* ").raw(name).raw(" ").flags(attributes).raw(" \"/\" ").mailbox(mailbox);
    }

    /** mbox-list-extended. */
    private void extended(MailboxResponse.Listed listed) throws IOException {
        if (listed.childInfo().isEmpty() && listed.oldName().isEmpty()) {
            return;
        }
        var separator = " (";
        if (!listed.childInfo().isEmpty()) {
            out.raw(separator).raw("\"CHILDINFO\" (");
            var between = "";
            for (var option : listed.childInfo()) {
                out.raw(between).string(option);
                between = " ";
            }
            out.raw(")");
            separator = " ";
        }
        if (listed.oldName().isPresent()) {
            out.raw(separator)
                    .raw("\"OLDNAME\" (")
                    .mailbox(listed.oldName().get())
                    .raw(")");
        }
        out.raw(")");
    }

    private void quota(MailboxResponse.Quota quota) throws IOException {
        out.raw("* QUOTA ").astring(quota.root()).raw(" (");
        var separator = "";
        for (var resource : quota.resources()) {
            out.raw(separator).atom(resource.name());
            out.raw(" ").number(resource.usage()).raw(" ").number(resource.limit());
            separator = " ";
        }
        out.raw(")");
    }

    private void status(MailboxResponse.MailboxStatus status) throws IOException {
        out.raw("* STATUS ").mailbox(status.mailbox()).raw(" (");
        var separator = "";
        for (var value : status.values().entrySet()) {
            out.raw(separator).raw(value.getKey().token()).raw(" ");
            switch (value.getValue()) {
                case MailboxResponse.StatusValue.Count(var number) -> out.number(number);
                case MailboxResponse.StatusValue.ObjectId(var id) ->
                    out.raw("(").atom(id).raw(")");
            }
            separator = " ";
        }
        out.raw(")");
    }
}
