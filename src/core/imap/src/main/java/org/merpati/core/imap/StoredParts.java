package org.merpati.core.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.MessagePart;
import org.merpati.lib.imap.command.MessageUrl;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.view.Section;

/** Finds the octets that CATENATE's URLs mean, among the account's own messages (RFC 4469 §3). No flag is set by it. */
final class StoredParts {
    private final Conversation conversation;
    private final @Nullable SelectedMailbox selected;

    StoredParts(Conversation conversation, @Nullable SelectedMailbox selected) {
        this.conversation = conversation;
        this.selected = selected;
    }

    /** Empty when it is no such URL, and when there is nothing at it. */
    Optional<Content> find(MessagePart.Url url) throws IOException {
        var parsed = MessageUrl.parse(url.text(), base());
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        var found = message(parsed.get());
        return found.isEmpty() ? Optional.empty() : content(found.get(), parsed.get());
    }

    private Optional<MailboxName> base() {
        if (selected == null) {
            return Optional.empty();
        }
        var id = selected.id();
        return conversation
                .call(services -> services.get(Mailboxes.class).find(conversation.account(), id))
                .map(mailbox -> new MailboxName(mailbox.name()));
    }

    private Optional<Message> message(MessageUrl url) {
        var account = conversation.account();
        return conversation.call(services -> services.get(Mailboxes.class)
                .find(account, url.mailbox().text())
                .filter(mailbox -> url.uidValidity().isEmpty()
                        || url.uidValidity().getAsLong()
                                == mailbox.uidValidity().value())
                .flatMap(mailbox ->
                        services
                                .get(Messages.class)
                                .page(account, mailbox.id(), new Uid(url.uid() - 1), new Uid(url.uid()))
                                .stream()
                                .findFirst()));
    }

    private Optional<Content> content(Message message, MessageUrl url) throws IOException {
        var section = url.section();
        if (section.equals(Section.MESSAGE)) {
            return Optional.of(cut(message, new Section.Range(0, message.size()), url));
        }
        var root = Structures.of(List.of(message), conversation.account(), conversation.surroundings())
                .root(message);
        var range = section.in(root);
        if (range.isPresent() && section.what() instanceof Section.Fields fields) {
            var header = blob(message, range.get().partial(0, Limits.DEFAULT.headerSize()));
            try (var in = header.open()) {
                byte[] picked = fields.pick(in.readAllBytes());
                var cut = new Section.Range(0, picked.length).partial(url.origin(), url.length());
                return Optional.of(Content.of(Arrays.copyOfRange(picked, (int) cut.from(), (int) cut.to())));
            }
        }
        return range.map(found -> cut(message, found, url));
    }

    private Content cut(Message message, Section.Range range, MessageUrl url) {
        return blob(message, range.partial(url.origin(), url.length()));
    }

    private Content blob(Message message, Section.Range range) {
        var blobs = conversation.surroundings().blobs();
        return new Content() {
            @Override
            public long size() {
                return range.size();
            }

            @Override
            public InputStream open() throws IOException {
                return range.size() == 0
                        ? InputStream.nullInputStream()
                        : blobs.open(message.blob(), range.from(), range.size());
            }
        };
    }
}
