package org.merpati.core.imap;

import java.util.HashSet;
import java.util.Set;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.ModSeq;

/** A mailbox as this session's client knows it. Belongs to whoever may write to the client. */
final class SelectedMailbox {
    private final MailboxId id;
    private final boolean readOnly;
    private final UidList uids = new UidList();
    private final RecentRanges recent = new RecentRanges();
    private final Set<Long> own = new HashSet<>();
    private ModSeq known;
    private long[] saved = {};

    /** @param known the change up to which the client knows it */
    SelectedMailbox(MailboxId id, boolean readOnly, ModSeq known) {
        this.id = id;
        this.readOnly = readOnly;
        this.known = known;
    }

    MailboxId id() {
        return id;
    }

    /** Whether it was opened by EXAMINE. */
    boolean readOnly() {
        return readOnly;
    }

    UidList uids() {
        return uids;
    }

    RecentRanges recent() {
        return recent;
    }

    ModSeq known() {
        return known;
    }

    /** The uids that {@code $} stands for, ascending; some may be gone since (RFC 5182 §2.1). Not to be changed. */
    long[] saved() {
        return saved;
    }

    /** Takes the array as its own. */
    void save(long[] uids) {
        saved = uids;
    }

    /** The client knows everything up to this change. */
    void know(ModSeq modSeq) {
        known = modSeq;
        own.removeIf(change -> change <= modSeq.value());
    }

    /** Remembers a change that this session made, and tells of itself. */
    void made(ModSeq modSeq) {
        own.add(modSeq.value());
    }

    boolean isOwn(ModSeq modSeq) {
        return own.contains(modSeq.value());
    }
}
