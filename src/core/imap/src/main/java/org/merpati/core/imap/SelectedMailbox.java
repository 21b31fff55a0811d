package org.merpati.core.imap;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.response.ResponseCode;

/**
 * A mailbox as this session's client knows it: an index that was read once, and is replaced by a later one when the client is
 * told what is different. Belongs to whoever may write to the client.
 */
final class SelectedMailbox {
    private final MailboxId id;
    private final boolean readOnly;
    private final RecentRanges recent = new RecentRanges();
    private final Set<Long> own = new HashSet<>();
    private final Set<Long> brought = new HashSet<>();
    private final Set<Keyword> keywords = new HashSet<>();
    private final Contexts contexts = new Contexts(this);
    private MailboxIndex view;
    private MailboxIndex latest;
    private MailboxIndex told;
    private long[] saved = {};

    /** @param view what the client is about to be told of */
    SelectedMailbox(MailboxId id, boolean readOnly, MailboxIndex view) {
        this.id = id;
        this.readOnly = readOnly;
        this.view = view;
        this.latest = view;
        this.told = view;
    }

    MailboxId id() {
        return id;
    }

    /** Whether it was opened by EXAMINE. */
    boolean readOnly() {
        return readOnly;
    }

    /** The mailbox as the client knows it: places are sequence numbers less one. */
    MailboxIndex view() {
        return view;
    }

    /** The mailbox as it was when somebody looked last: flags of now, for messages to be found by their uids. */
    MailboxIndex latest() {
        return latest;
    }

    /** Somebody has looked. */
    void latest(MailboxIndex index) {
        latest = index;
    }

    /** The client knows the latest now, which messages there are and how they are. */
    void show() {
        view = latest;
    }

    /** Whether the client knows of changes up to this one, or has made this one itself and been answered. */
    boolean knows(long modSeq) {
        return modSeq <= told.modSeq().value() || own.contains(modSeq);
    }

    /** The last change before which none is that the client has not been told. */
    ResponseCode.HighestModSeq highestModSeq() {
        return new ResponseCode.HighestModSeq(view.modSeq().value());
    }

    /** The client knows the flags of the latest. */
    void tell() {
        told = latest;
        own.removeIf(change -> change <= told.modSeq().value());
    }

    /** Flags as the client knows them, but for what this session has stored since. */
    MailboxIndex told() {
        return told;
    }

    /** Remembers a change that this session made, and tells of itself. */
    void made(ModSeq modSeq) {
        own.add(modSeq.value());
    }

    /** The searches that are kept up to date. */
    Contexts contexts() {
        return contexts;
    }

    /** Remembers messages that this session has put here itself. */
    void brought(Collection<Uid> uids) {
        uids.forEach(uid -> brought.add(uid.value()));
    }

    /** Those of them that the client has not been told of yet; asking forgets them. */
    Set<Long> takeBrought() {
        var all = Set.copyOf(brought);
        brought.clear();
        return all;
    }

    RecentRanges recent() {
        return recent;
    }

    /** Those keywords that a FLAGS response has named. */
    Set<Keyword> keywords() {
        return keywords;
    }

    /** The uids that {@code $} stands for, ascending; some may be gone since (RFC 5182 §2.1). Not to be changed. */
    long[] saved() {
        return saved;
    }

    /** Takes the array as its own. */
    void save(long[] uids) {
        saved = uids;
    }
}
