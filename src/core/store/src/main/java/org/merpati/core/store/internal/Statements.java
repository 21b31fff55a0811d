package org.merpati.core.store.internal;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that JPQL has no words for, in the SQL that H2 and PostgreSQL share. Values are parameters, {@code ?} in the
 * order given, never text of the statement.
 */
record Statements(EntityManager db) {
    /** One row of an answer. */
    static final class Row {
        private final @Nullable Object[] columns;

        Row(@Nullable Object... columns) {
            this.columns = columns;
        }

        /** 0 where the column is null. */
        long number(int column) {
            return switch (columns[column]) {
                case null -> 0;
                case BigDecimal sum -> sum.longValueExact();
                case Number number -> number.longValue();
                default -> throw new IllegalStateException("no number: " + columns[column]);
            };
        }

        /** Empty where the column is null. */
        String text(int column) {
            return columns[column] == null ? "" : columns[column].toString();
        }

        boolean absent(int column) {
            return columns[column] == null;
        }

        boolean flag(int column) {
            return Boolean.TRUE.equals(columns[column]);
        }
    }

    List<Row> rows(String statement, Object... values) {
        List<?> all = query(statement, values).getResultList();
        return all.stream()
                .map(row -> row instanceof Object[] columns ? new Row(columns) : new Row(row))
                .toList();
    }

    /** How many rows were changed. */
    int change(String statement, Object... values) {
        return query(statement, values).executeUpdate();
    }

    private Query query(String statement, Object... values) {
        var query = db.createNativeQuery(statement);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query;
    }
}
