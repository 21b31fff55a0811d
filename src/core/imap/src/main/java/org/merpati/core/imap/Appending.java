package org.merpati.core.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.ContentOctets;
import org.merpati.core.store.Filing;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages.Appended;
import org.merpati.core.store.NewEmail;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.NumberRange;
import org.merpati.lib.imap.command.AppendedMessage;
import org.merpati.lib.imap.command.MessagePart;
import org.merpati.lib.imap.response.ResponseCode;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.mime.Limits;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.write.BinaryParts;
import org.merpati.lib.mime.write.Edits;

/**
 * Makes stored messages of what APPEND and REPLACE bring. Octets are stored as they came, whatever their line ends. Only a
 * message with NUL in it gets its binary parts encoded as base64, as no other client could read them (RFC 3516 §4.4, §6).
 */
final class Appending {
    /** The command ends so. */
    static final class Refused extends Exception {
        private final transient Completion completion;

        Refused(Completion completion) {
            super(completion.text(), null, false, false);
            this.completion = completion;
        }

        Completion completion() {
            return completion;
        }
    }

    private static final Logger LOG = System.getLogger(Appending.class.getName());

    private final Conversation conversation;
    private final Uploads uploads;
    private final StoredParts stored;
    private final @Nullable SelectedMailbox selected;
    private final long largest;

    /** @param selected the base of relative URLs; null with no mailbox selected */
    Appending(Conversation conversation, Uploads uploads, @Nullable SelectedMailbox selected) {
        this.conversation = conversation;
        this.uploads = uploads;
        this.selected = selected;
        this.stored = new StoredParts(conversation, selected);
        this.largest = Uploads.largest(conversation.surroundings());
    }

    static Completion tooBig(long largest) {
        return Completion.no(Plain.TOOBIG, "A message has at most " + largest + " octets");
    }

    static Completion overQuota() {
        return ImapFailures.completion(Refusal.OVER_QUOTA);
    }

    static Completion noTarget() {
        return Completion.no(Plain.TRYCREATE, "There is no such mailbox");
    }

    static Completion noSpace() {
        return Completion.no(Plain.UNAVAILABLE, "The server can't write now; reading goes on");
    }

    /** What the store refuses of a message. */
    static Completion refusal(Refusal refusal) {
        return refusal == Refusal.NO_SUCH_MAILBOX ? noTarget() : ImapFailures.completion(refusal);
    }

    static ResponseCode.AppendUid uids(Appended appended) {
        return new ResponseCode.AppendUid(
                appended.uidValidity().value(),
                NumberRange.of(appended.uids().stream().mapToLong(Uid::value)));
    }

    /** Where messages came to: nothing of them is news to the client. */
    void brought(Appended appended) {
        if (selected != null && selected.id().equals(appended.mailbox())) {
            selected.brought(appended.uids());
        }
    }

    MailboxId target(MailboxName name) throws Refused {
        var found =
                conversation.call(services -> services.get(Mailboxes.class).find(conversation.account(), name.text()));
        return found.orElseThrow(() -> new Refused(noTarget())).id();
    }

    /** The messages, on stable storage and without rows. What can be judged of all is judged before the first is stored. */
    List<NewEmail> store(List<AppendedMessage> messages) throws Refused {
        try {
            var contents = new ArrayList<Content>();
            for (var message : messages) {
                contents.add(content(message));
            }
            var emails = new ArrayList<NewEmail>();
            for (int i = 0; i < messages.size(); i++) {
                emails.add(email(messages.get(i), contents.get(i)));
            }
            return emails;
        } catch (NoSpaceException e) {
            LOG.log(Level.WARNING, () -> name() + ": no space: " + e.getMessage());
            throw new Refused(noSpace());
        } catch (IOException e) {
            LOG.log(Level.ERROR, name() + ": not stored", e);
            throw new Refused(noSpace());
        }
    }

    private String name() {
        return conversation.connection().id() + " message appended";
    }

    private NewEmail email(AppendedMessage message, Content content) throws IOException {
        var flags = message.flags();
        return new NewEmail(
                Filing.read(content).store(conversation.surroundings().blobs(), name()),
                message.received().orElseGet(conversation.surroundings().clock()::instant),
                ImapFlags.keywords(flags),
                ImapFlags.deleted(flags));
    }

    private Content content(AppendedMessage message) throws IOException, Refused {
        Optional<Content> all = Optional.empty();
        boolean nul = false;
        for (var part : message.parts()) {
            Content content;
            if (part instanceof MessagePart.Text text) {
                var upload = upload(text);
                nul |= upload.nul();
                content = upload;
            } else {
                var url = (MessagePart.Url) part;
                content = stored.find(url)
                        .orElseThrow(() -> new Refused(Completion.no(
                                new ResponseCode.BadUrl(url.text()), "There is no such message or part of one")));
            }
            all = Optional.of(all.isEmpty() ? content : Content.concat(all.get(), content));
            if (all.get().size() > largest) {
                throw new Refused(tooBig(largest));
            }
        }
        var whole = all.orElseThrow();
        if (whole.size() == 0) {
            throw new Refused(Completion.no("An empty message is none: nothing was appended")); // RFC 3502, 6.3.11
        }
        return nul ? withoutNul(whole) : whole;
    }

    private Upload upload(MessagePart.Text text) throws IOException, Refused {
        if (text.utf8() && !conversation.enabled().utf8()) {
            throw new Refused(Completion.bad("UTF8=ACCEPT has not been enabled"));
        }
        var upload = uploads.get(text.octets());
        if (upload.failure() != null) {
            throw upload.failure();
        }
        return upload;
    }

    private Content withoutNul(Content content) throws IOException, Refused {
        var octets = new ContentOctets(content);
        var edits = new Edits(octets);
        BinaryParts.encode(Message.parse(octets, Limits.DEFAULT), edits);
        var encoded = edits.isEmpty() ? content : ContentOctets.content(edits.result());
        if (hasNul(encoded)) {
            throw new Refused(Completion.no(Plain.UNKNOWN_CTE, "There is NUL outside the content of a part"));
        }
        if (encoded.size() > largest) {
            throw new Refused(tooBig(largest));
        }
        return encoded;
    }

    private static boolean hasNul(Content content) throws IOException {
        var block = new byte[16_384];
        try (var in = content.open()) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                for (int i = 0; i < count; i++) {
                    if (block[i] == 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
