package org.merpati.launch.runtime.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Does again what the journal says was done. */
final class Replay implements Journal.Replay, AutoCloseable {
    private final Connection connection;
    private final PreparedStatement mover;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Replay(Connection connection) throws SQLException {
        this.connection = connection;
        this.mover = OpenDatabase.mover(connection);
        connection.setAutoCommit(false);
    }

    @Override
    public void run(JournalRecord record) throws SQLException {
        for (var execution : record.executions()) {
            var statement = statements.get(execution.sql());
            if (statement == null) {
                statement = connection.prepareStatement(execution.sql());
                statements.put(execution.sql(), statement);
            }
            int index = 1;
            for (var value : execution.values()) {
                statement.setObject(index++, value);
            }
            statement.execute();
            if (execution.rows() != Changes.ANY && execution.rows() != statement.getUpdateCount()) {
                throw new SQLException("transaction " + record.number() + " changed " + execution.rows()
                        + " rows before and would change " + statement.getUpdateCount() + " now, by: "
                        + execution.sql());
            }
        }
        OpenDatabase.move(mover, new Journal.Position(record.number(), record.checksum()));
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback(); // what did not come to its end
        connection.setAutoCommit(true);
        mover.close();
        for (var statement : statements.values()) {
            statement.close();
        }
    }
}
