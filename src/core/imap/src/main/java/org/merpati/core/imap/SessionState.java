package org.merpati.core.imap;

import org.merpati.core.api.mail.AccountId;

/** Where a session stands (RFC 3501 §3). Replaced, never changed. */
sealed interface SessionState {
    /** @param failures wrong passwords so far */
    record BeforeLogin(int failures) implements SessionState {}

    /** After login, with a mailbox or without. */
    sealed interface SignedIn extends SessionState {
        AccountId account();
    }

    record NothingSelected(AccountId account) implements SignedIn {}

    record Selected(AccountId account, SelectedMailbox mailbox) implements SignedIn {}

    record LoggedOut() implements SessionState {}
}
