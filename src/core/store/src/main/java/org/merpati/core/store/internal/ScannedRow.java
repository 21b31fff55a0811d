package org.merpati.core.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Messages.Scanned;
import org.merpati.lib.mime.StoredStructure;

/** A row of a scan. */
final class ScannedRow {
    private static final String COLUMNS = "select m.uid, m.saved, e.header_size, b.segment, b.segment_offset, b.size";
    private static final String FROM =
            " from mailbox_email m join email e on e.id = m.email_id join blob b on b.id = e.blob_id"
                    + " where m.mailbox_id = ? and m.account_id = ? and m.uid > ? and m.uid <= ?"
                    + " order by m.mailbox_id, m.uid limit ?";
    static final String WITHOUT_STRUCTURE = COLUMNS + FROM;
    static final String WITH_STRUCTURE = COLUMNS + ", b.structure" + FROM;

    private ScannedRow() {}

    static Scanned without(ResultSet row) throws SQLException {
        return read(row, StoredStructure.NONE);
    }

    static Scanned with(ResultSet row) throws SQLException {
        byte[] structure = row.getBytes(7);
        return read(row, structure == null ? StoredStructure.NONE : StoredStructure.of(structure));
    }

    private static Scanned read(ResultSet row, StoredStructure structure) throws SQLException {
        return new Scanned(
                new Uid(row.getLong(1)),
                Sql.instant(row, 2),
                row.getInt(3),
                new BlobRef(row.getLong(4), row.getLong(5), row.getLong(6)),
                structure);
    }
}
