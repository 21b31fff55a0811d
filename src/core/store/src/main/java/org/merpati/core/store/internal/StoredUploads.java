package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.config.Setting;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.UploadId;
import org.merpati.core.store.Attempt;
import org.merpati.core.store.Messages;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.Uploads;

@ApplicationScoped
@Transactional
public class StoredUploads implements Uploads {
    /** RFC 6838 §4.2: two names of at most 127 characters. What is longer is no media type. */
    private static final int LONGEST_TYPE = 255;

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    @Inject
    BlobRows blobs;

    @Inject
    PlatformHolder server;

    @Override
    public Attempt<Upload> add(AccountId account, Blob blob, String type) {
        // the row's lock alone: an upload changes no mail, so that the modseq stays
        var owner = db.find(AccountEntity.class, account.value(), LockModeType.PESSIMISTIC_WRITE);
        if (owner == null || owner.removed != null) {
            return Attempt.refused(Attempt.Refusal.NO_SUCH_ACCOUNT);
        }
        if (blob.ref().size() > setting(Settings.JMAP_UPLOAD_SIZE).octets()) {
            return Attempt.refused(Attempt.Refusal.OVER_QUOTA);
        }
        makeRoom(account, blob.ref().size());
        var upload = new UploadEntity();
        upload.accountId = account.value();
        upload.blobId = blobs.share(blob);
        upload.type = type.length() > LONGEST_TYPE ? UNKNOWN_TYPE : type;
        upload.expires = server.platform()
                .clock()
                .instant()
                .plus(setting(Settings.JMAP_UPLOAD_KEEP))
                .toEpochMilli();
        db.persist(upload);
        return Attempt.made(find(account, new UploadId(upload.id)).orElseThrow()); // with the place of the row's octets
    }

    private <T> T setting(Setting<T> setting) {
        return server.platform().config().get(setting);
    }

    /** Those that came first go first (RFC 8620 §6). */
    private void makeRoom(AccountId account, long octets) {
        var waiting = db.createQuery(
                        "select u.id, b.size from Upload u, Blob b where u.accountId = :account and b.id = u.blobId"
                                + " order by u.expires desc, u.id desc",
                        Object[].class)
                .setParameter("account", account.value())
                .getResultList();
        long most = setting(Settings.JMAP_UPLOAD_SIZE).octets();
        int files = setting(Settings.JMAP_UPLOAD_FILES);
        long kept = octets;
        int count = 1;
        var going = new ArrayList<Long>();
        for (var upload : waiting) {
            kept += (Long) upload[1];
            count++;
            if (kept > most || count > files) {
                going.add((Long) upload[0]);
            }
        }
        if (!going.isEmpty()) {
            db.createQuery("delete from Upload u where u.id in :ids")
                    .setParameter("ids", going)
                    .executeUpdate();
        }
    }

    @Override
    public Optional<Upload> find(AccountId account, UploadId id) {
        return db.createQuery(
                        "select u.type, b.segment, b.segmentOffset, b.size, u.expires from Upload u, Blob b"
                                + " where u.id = :id and u.accountId = :account and u.expires > :now and b.id = u.blobId",
                        Object[].class)
                .setParameter("id", id.value())
                .setParameter("account", account.value())
                .setParameter("now", server.platform().clock().millis())
                .getResultStream()
                .map(row -> new Upload(
                        id,
                        (String) row[0],
                        new BlobRef((Long) row[1], (Long) row[2], (Long) row[3]),
                        Instant.ofEpochMilli((Long) row[4])))
                .findFirst();
    }

    @Override
    public int expire() {
        var expired = db.createQuery("select u.id from Upload u where u.expires <= :now order by u.expires", Long.class)
                .setParameter("now", server.platform().clock().millis())
                .setMaxResults(Messages.BULK)
                .getResultList();
        return expired.isEmpty()
                ? 0
                : db.createQuery("delete from Upload u where u.id in :ids")
                        .setParameter("ids", expired)
                        .executeUpdate();
    }
}
