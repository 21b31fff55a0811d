package org.merpati.lib.imap.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a client can be told of (RFC 5465 §5): those events that this server knows. */
public enum NotifyEvent {
    MESSAGE_NEW("MessageNew"),
    MESSAGE_EXPUNGE("MessageExpunge"),
    FLAG_CHANGE("FlagChange"),
    MAILBOX_NAME("MailboxName"),
    SUBSCRIPTION_CHANGE("SubscriptionChange"),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
    SERVER_METADATA_CHANGE("ServerMetadataChange");

    private final String token;

    NotifyEvent(String token) {
        this.token = token;
    }

    /** As it stands on the wire. */
    public String token() {
        return token;
    }

    /** Whether it is about messages: only such events are there of the selected mailbox (RFC 5465 §6.1). */
    public boolean ofMessages() {
        return this == MESSAGE_NEW || this == MESSAGE_EXPUNGE || this == FLAG_CHANGE;
    }

    public static List<String> tokens() {
        return Arrays.stream(values()).map(NotifyEvent::token).toList();
    }

    static Optional<NotifyEvent> of(String token) {
        return Arrays.stream(values())
                .filter(event -> event.token.equalsIgnoreCase(token))
                .findFirst();
    }
}
