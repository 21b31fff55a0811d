package org.merpati.core.jmap;

import java.util.List;
import org.merpati.core.store.Attempt;
import org.merpati.lib.jmap.SetError;

/** What the store refuses, in JMAP's words (RFC 8620 §5.3, RFC 8621 §2.5, §4.6). */
public final class Refusals {
    private Refusals() {}

    public static SetError error(Attempt.Refusal why) {
        return switch (why) {
            case NO_SUCH_ACCOUNT -> SetError.forbidden("the account is gone");
            case NO_SUCH_EMAIL -> SetError.NOT_FOUND;
            case NO_SUCH_MAILBOX ->
                SetError.invalidProperty("mailboxIds", "one of these is no Mailbox of this account");
            case NO_MAILBOX_LEFT -> SetError.invalidProperty("mailboxIds", "an Email is in one Mailbox at least");
            case NAME_TAKEN -> SetError.of("alreadyExists", "there is a Mailbox of that name");
            case BAD_NAME -> SetError.invalidProperty("name", "no name for a Mailbox, or too long with its parents'");
            case BELOW_ITSELF -> SetError.invalidProperty("parentId", "a Mailbox can't stand below itself");
            case ROLE_TAKEN -> SetError.invalidProperty("role", "another Mailbox has that role");
            case BAD_ROLE -> SetError.invalidProperty("role", "no role that this Mailbox can have");
            case IS_INBOX -> SetError.forbidden("the inbox keeps its name and is never destroyed");
            case HAS_CHILDREN -> SetError.of("mailboxHasChild", "");
            case HAS_MESSAGES -> SetError.of("mailboxHasEmail", "");
            case TOO_MANY_MAILBOXES, OVER_QUOTA -> SetError.of("overQuota", "");
            case TOO_MANY_KEYWORDS -> SetError.of("tooManyKeywords", "");
            case NO_UIDS_LEFT -> SetError.of("overQuota", "the Mailbox has given its last IMAP uid");
            case ANNOTATION_TOO_LARGE, TOO_MANY_ANNOTATIONS ->
                SetError.invalidProperties(List.of(), "annotations are IMAP's");
        };
    }
}
