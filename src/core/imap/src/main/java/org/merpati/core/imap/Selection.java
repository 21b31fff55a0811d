package org.merpati.core.imap;

import java.io.IOException;
import java.util.Optional;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.store.Mailboxes;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.Feature;
import org.merpati.lib.imap.command.SelectOptions;
import org.merpati.lib.imap.response.Response;
import org.merpati.lib.imap.response.ResponseCode.Plain;
import org.merpati.lib.imap.response.StatusKind;

/** Which mailbox a session has selected, if any. */
final class Selection {
    private final Dialogue dialogue;

    Selection(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** SELECT and EXAMINE leave the mailbox before, even when they fail then (RFC 9051 §6.3.2). */
    void leave(SessionState.SignedIn now) throws IOException {
        if (now instanceof SessionState.Selected) {
            dialogue.out().send(Response.Status.untagged(StatusKind.OK, Plain.CLOSED, "The mailbox before is closed"));
        }
        unselect(now);
    }

    Completion open(MailboxName name, boolean readOnly, SelectOptions options, SessionState.SignedIn now)
            throws IOException {
        var opened = new SelectHandler(dialogue.conversation(now)).open(name, readOnly, options);
        if (opened.mailbox() != null) {
            dialogue.state(new SessionState.Selected(now.account(), opened.mailbox()));
        }
        return opened.completion();
    }

    void unselect(SessionState.SignedIn now) {
        dialogue.state(new SessionState.NothingSelected(now.account()));
    }

    Optional<MailboxId> id() {
        return dialogue.state() instanceof SessionState.Selected selected
                ? Optional.of(selected.mailbox().id())
                : Optional.empty();
    }

    /** The command that switched CONDSTORE on says which changes the client knows (RFC 7162 §3.1). */
    void tellModSeq() throws IOException {
        if (dialogue.enabled().has(Feature.CONDSTORE) && dialogue.state() instanceof SessionState.Selected selected) {
            dialogue.out()
                    .send(Response.Status.untagged(
                            StatusKind.OK, selected.mailbox().highestModSeq(), "The last change that you know all of"));
        }
    }

    /** Handlers find the mailbox as it is now, though the client may not be told of it yet. */
    void look(SessionState.Selected selected) {
        updates(selected).look();
    }

    /** Tells of its news; false when some have to wait. */
    boolean tell(SessionState.Selected selected, boolean mayExpunge, SelectedEvents events) throws IOException {
        var result = updates(selected).send(mayExpunge, events);
        if (result == Updates.Result.MAILBOX_GONE) {
            gone(selected);
        }
        return result != Updates.Result.SOME_WAIT;
    }

    private Updates updates(SessionState.Selected selected) {
        return new Updates(dialogue.conversation(selected), selected.mailbox());
    }

    /** The client has removed a mailbox: perhaps the selected one (RFC 9051 §7.1, CLOSED). */
    void removed(SessionState.SignedIn now) throws IOException {
        if (now instanceof SessionState.Selected selected && isGone(selected)) {
            closed(selected);
        }
    }

    private boolean isGone(SessionState.Selected selected) {
        return dialogue.surroundings()
                .call(services -> services.get(Mailboxes.class)
                        .find(selected.account(), selected.mailbox().id()))
                .isEmpty();
    }

    private void closed(SessionState.Selected selected) throws IOException {
        unselect(selected);
        dialogue.out().send(Response.Status.untagged(StatusKind.OK, Plain.CLOSED, "The mailbox has been deleted"));
    }

    /** Somebody has removed it. */
    private void gone(SessionState.Selected selected) throws IOException {
        if (dialogue.enabled().has(Feature.IMAP4REV2)) {
            closed(selected);
        } else {
            dialogue.bye(Plain.NONEXISTENT, "The selected mailbox has been deleted"); // RFC 2180 §3.3
        }
    }
}
