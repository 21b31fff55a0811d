package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.persistence.sessions.UnitOfWork;

/**
 * SQL that JPQL has no words for, on the current transaction's connection. What was persisted before is written first.
 *
 * <p>A list of ids is one parameter, an array ({@code long[]}), so that a statement's text is always the same, and the rows are
 * joined to it: {@code from} {@link #IDS} {@code left join}, {@code merge into ... using} {@link #IDS}. H2 would join
 * {@code unnest(?)} last if the join were no left one, and read a whole mailbox. Where it finds rows by {@code = any(?)} it
 * compares each with every id once more: a thousand rows by their ids are half a million comparisons. A page is found by an index only when {@code order by} names all of the index's
 * columns, those too that a condition holds to one value: {@code mailbox_id = ? order by mailbox_id, uid}. Without the first one
 * H2 reads all that is left of the mailbox and sorts it, for each page, and may choose another index besides.
 */
@ApplicationScoped
public class Sql {
    /** The ids of an array as rows {@code n (id)}. */
    static final String IDS = "unnest(cast(? as bigint array)) as n (id)";

    @PersistenceContext(unitName = "merpati")
    EntityManager db;

    /** For a row of the entity's table that is written without the EntityManager; taken from the sequence many at a time. */
    long nextId(Class<?> entity) {
        return db.unwrap(UnitOfWork.class).getNextSequenceNumberValue(entity).longValue();
    }

    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> select(Reader<T> reader, String sql, Object... parameters) {
        try (var statement = connection().prepareStatement(sql)) {
            SqlParameters.bind(statement, parameters);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    int update(String sql, Object... parameters) {
        try (var statement = connection().prepareStatement(sql)) {
            SqlParameters.bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** The same statement once for each of these lists of parameters, sent together. */
    void batch(String sql, Collection<Object[]> all) {
        if (all.isEmpty()) {
            return;
        }
        try (var statement = connection().prepareStatement(sql)) {
            for (var parameters : all) {
                SqlParameters.bind(statement, parameters);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** A moment, in milliseconds; empty where the column is null. */
    static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private Connection connection() {
        db.flush();
        var connection = db.unwrap(Connection.class);
        if (connection == null) { // EclipseLink has none yet
            db.unwrap(UnitOfWork.class).beginEarlyTransaction();
            connection = db.unwrap(Connection.class);
        }
        return connection;
    }
}
