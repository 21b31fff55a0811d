package org.merpati.lib.imap.response;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.merpati.lib.imap.MailboxName;
import org.merpati.lib.imap.command.StatusItem;

/** What is said of mailboxes. */
public sealed interface MailboxResponse extends Response.Small {
    /**
     * A line of LIST (RFC 9051 §7.3.1).
     *
     * @param childInfo the selection options that a mailbox below it meets (RFC 9051 §6.3.9.6); empty for none
     * @param oldName the name the client gave, where it is another (RFC 9051 §6.3.9.7)
     */
    record Listed(List<String> attributes, MailboxName mailbox, List<String> childInfo, Optional<MailboxName> oldName)
            implements MailboxResponse {
        public Listed {
            attributes = List.copyOf(attributes);
            childInfo = List.copyOf(childInfo);
        }

        public Listed(List<String> attributes, MailboxName mailbox) {
            this(attributes, mailbox, List.of(), Optional.empty());
        }
    }

    /** A line of LSUB (RFC 3501 §7.2.3). */
    record Subscribed(List<String> attributes, MailboxName mailbox) implements MailboxResponse {
        public Subscribed {
            attributes = List.copyOf(attributes);
        }
    }

    /** The hierarchy's separator and its root: the answer to an empty pattern. */
    record Root(boolean lsub) implements MailboxResponse {}

    /** One personal namespace without a prefix, and no other (RFC 9051 §7.3.3). */
    record Namespaces() implements MailboxResponse {}

    /**
     * Where the same mail is to be had over JMAP (RFC 9698 §4).
     *
     * @param url of the session resource
     */
    record JmapSession(String url) implements MailboxResponse {}

    /**
     * Entries with their values (RFC 5464 §4.4.1), at least one.
     *
     * @param mailbox of no characters: the server
     * @param entries empty: it has no value
     */
    record Metadata(MailboxName mailbox, SequencedMap<String, Optional<byte[]>> entries) implements MailboxResponse {
        public Metadata {
            entries = new LinkedHashMap<>(entries);
        }
    }

    /** Entries that somebody has changed, at least one (RFC 5464 §4.4.2). */
    record MetadataChanged(MailboxName mailbox, List<String> entries) implements MailboxResponse {
        public MetadataChanged {
            entries = List.copyOf(entries);
        }
    }

    /** RFC 9208 §4.2.2. */
    record QuotaRoots(MailboxName mailbox, List<String> roots) implements MailboxResponse {
        public QuotaRoots {
            roots = List.copyOf(roots);
        }
    }

    /** RFC 9208 §4.2.1. */
    record Quota(String root, List<Resource> resources) implements MailboxResponse {
        /** @param name {@code STORAGE}, in units of 1,024 octets, or {@code MESSAGE} */
        public record Resource(String name, long usage, long limit) {}

        public Quota {
            resources = List.copyOf(resources);
        }
    }

    /** @param values in the order that they are written in */
    record MailboxStatus(MailboxName mailbox, SequencedMap<StatusItem, StatusValue> values) implements MailboxResponse {
        public MailboxStatus {
            values = new LinkedHashMap<>(values);
        }
    }

    /** The value of a status item. */
    sealed interface StatusValue {
        record Count(long number) implements StatusValue {}

        /** RFC 8474 §4.3. */
        record ObjectId(String id) implements StatusValue {}
    }
}
