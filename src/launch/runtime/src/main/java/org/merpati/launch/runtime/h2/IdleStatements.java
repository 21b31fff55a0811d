package org.merpati.launch.runtime.h2;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one connection that are prepared and closed by whoever used them, for the next one with the same text; those used
 * last. For any thread.
 */
final class IdleStatements {
    private static final int MOST = 256;

    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

    /** Whoever takes it has it alone. */
    @Nullable
    synchronized PreparedStatement take(String sql) {
        return idle.remove(sql);
    }

    synchronized void keep(String sql, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        statement.clearBatch();
        var other = idle.put(sql, statement);
        if (other != null) {
            other.close();
        }
        if (idle.size() > MOST) {
            var oldest = idle.entrySet().iterator();
            var closed = oldest.next().getValue();
            oldest.remove();
            closed.close();
        }
    }
}
