package org.merpati.core.store.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sets the parameters of a statement, arrays of numbers and marks among them. */
final class SqlParameters {
    private SqlParameters() {}

    static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case long[] ids ->
                    statement.setArray(
                            i + 1,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "bigint", LongStream.of(ids).boxed().toArray()));
                case boolean[] marks ->
                    statement.setArray(
                            i + 1,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "boolean",
                                            IntStream.range(0, marks.length)
                                                    .mapToObj(at -> marks[at])
                                                    .toArray()));
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case Boolean mark -> statement.setBoolean(i + 1, mark);
                case byte[] octets -> statement.setBytes(i + 1, octets);
                case String text -> statement.setString(i + 1, text);
                default ->
                    throw new IllegalArgumentException(
                            "a parameter of " + parameters[i].getClass().getName());
            }
        }
    }
}
