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
import org.merpati.core.store.Messages.Described;
import org.merpati.core.store.Messages.Message;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.MessagePart;
import org.merpati.lib.imap.command.MessageUrl;
import org.merpati.lib.mime.view.Section;

/** Finds the octets that CATENATE's URLs mean, among the account's own messages (RFC 4469 §3). No flag is set by it. */
final class StoredParts {
    private final Conversation conversation;
    private final @Nullable SelectedMailbox selected;
    private final Bodies bodies;

    StoredParts(Conversation conversation, @Nullable SelectedMailbox selected) {
        this.conversation = conversation;
        this.selected = selected;
        this.bodies = new Bodies(conversation.surroundings().blobs());
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

    private Optional<Described> message(MessageUrl url) {
        var account = conversation.account();
        return conversation.call(services -> services.get(Mailboxes.class)
                .find(account, url.mailbox().text())
                .filter(mailbox -> url.uidValidity().isEmpty()
                        || url.uidValidity().getAsLong()
                                == mailbox.uidValidity().value())
                .flatMap(mailbox -> services
                        .get(Messages.class)
                        .described(account, mailbox.id(), new Uid(url.uid() - 1), new Uid(url.uid()))
                        .stream()
                        .findFirst()));
    }

    private Optional<Content> content(Described described, MessageUrl url) throws IOException {
        var section = url.section();
        var message = described.message();
        var structures = Structures.of(List.of(described), conversation.surroundings());
        var range = Bodies.range(new Opened(message, structures), section);
        if (range.isPresent() && section.what() instanceof Section.Fields fields) {
            byte[] picked = fields.pick(bodies.header(message, range.get()));
            var cut = new Section.Range(0, picked.length).partial(url.origin(), url.length());
            return Optional.of(Content.of(Arrays.copyOfRange(picked, (int) cut.from(), (int) cut.to())));
        }
        return range.map(found -> octets(message, found.partial(url.origin(), url.length())));
    }

    private Content octets(Message message, Section.Range range) {
        return new Content() {
            @Override
            public long size() {
                return range.size();
            }

            @Override
            public InputStream open() throws IOException {
                return bodies.open(message, range);
            }
        };
    }
}
