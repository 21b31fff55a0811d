package org.merpati.core.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.store.Messages.Scanned;
import org.merpati.core.store.index.IndexRow;
import org.merpati.lib.mime.StoredStructure;

/** Reads the rows of one scan. */
final class ScannedRow implements Sql.Reader<Scanned> {
    private static final String FROM =
            " from mailbox_email m join email e on e.id = m.email_id join blob b on b.id = e.blob_id"
                    + " where m.mailbox_id = ? and m.account_id = ? and m.uid > ? and m.uid <= ? order by m.mailbox_id, m.uid limit ?";
    private static final String COLUMNS =
            "select m.uid, m.email_id, m.modseq, m.deleted, e.thread_id, e.received, e.size,"
                    + " e.keywords, e.header_size, b.segment, b.segment_offset, b.size";
    static final String WITHOUT_STRUCTURE = COLUMNS + FROM;
    static final String WITH_STRUCTURE = COLUMNS + ", b.structure" + FROM;

    private final boolean structures;
    private final Map<String, Set<Keyword>> seen = new HashMap<>();

    ScannedRow(boolean structures) {
        this.structures = structures;
    }

    @Override
    public Scanned read(ResultSet row) throws SQLException {
        var facts = new IndexRow(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                seen.computeIfAbsent(row.getString(8), Keywords::read));
        byte[] structure = structures ? row.getBytes(13) : null;
        return new Scanned(
                facts,
                row.getInt(9),
                new BlobRef(row.getLong(10), row.getLong(11), row.getLong(12)),
                structure == null ? StoredStructure.NONE : StoredStructure.of(structure));
    }
}
