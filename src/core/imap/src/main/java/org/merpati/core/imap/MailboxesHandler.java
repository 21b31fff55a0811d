package org.merpati.core.imap;

import java.io.IOException;
import org.merpati.lib.imap.command.Create;
import org.merpati.lib.imap.command.Delete;
import org.merpati.lib.imap.command.GetJmapAccess;
import org.merpati.lib.imap.command.GetMetadata;
import org.merpati.lib.imap.command.ListMailboxes;
import org.merpati.lib.imap.command.ListSubscribed;
import org.merpati.lib.imap.command.MailboxCommand;
import org.merpati.lib.imap.command.Namespace;
import org.merpati.lib.imap.command.QuotaOf;
import org.merpati.lib.imap.command.QuotaRootOf;
import org.merpati.lib.imap.command.Rename;
import org.merpati.lib.imap.command.SetMetadata;
import org.merpati.lib.imap.command.SetQuota;
import org.merpati.lib.imap.command.StatusOf;
import org.merpati.lib.imap.command.Subscribe;
import org.merpati.lib.imap.response.MailboxResponse;

/** What is about mailboxes and needs none selected: who does it. */
final class MailboxesHandler {
    private final Conversation conversation;

    MailboxesHandler(Conversation conversation) {
        this.conversation = conversation;
    }

    Completion run(MailboxCommand command) throws IOException {
        return switch (command) {
            case Create create -> new TreeHandler(conversation).create(create);
            case Delete delete -> new TreeHandler(conversation).delete(delete);
            case Rename rename -> new TreeHandler(conversation).rename(rename);
            case Subscribe subscribe -> new TreeHandler(conversation).subscribe(subscribe);
            case ListMailboxes list -> new ListHandler(conversation).list(list);
            case ListSubscribed list -> new ListHandler(conversation).subscribed(list);
            case StatusOf status -> new StatusHandler(conversation).run(status);
            case QuotaOf quota -> new QuotaHandler(conversation).quota(quota);
            case QuotaRootOf quota -> new QuotaHandler(conversation).root(quota);
            case SetQuota quota -> new QuotaHandler(conversation).set();
            case GetMetadata asked -> new MetadataHandler(conversation).get(asked);
            case SetMetadata asked -> new MetadataHandler(conversation).set(asked);
            case GetJmapAccess asked -> JmapAccess.tell(conversation);
            case Namespace namespace -> {
                conversation.out().send(new MailboxResponse.Namespaces());
                yield Completion.ok("NAMESPACE completed");
            }
        };
    }
}
