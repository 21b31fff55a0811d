package org.merpati.core.store.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sets the parameters of a statement, arrays of numbers and marks among them; an empty Optional is null. */
final class SqlParameters {
    private SqlParameters() {}

    static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int place, Object parameter) throws SQLException {
        switch (parameter) {
            case long[] ids ->
                statement.setArray(
                        place,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "bigint", LongStream.of(ids).boxed().toArray()));
            case boolean[] marks ->
                statement.setArray(
                        place,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "boolean",
                                        IntStream.range(0, marks.length)
                                                .mapToObj(at -> marks[at])
                                                .toArray()));
            case Long number -> statement.setLong(place, number);
            case Integer number -> statement.setInt(place, number);
            case Boolean mark -> statement.setBoolean(place, mark);
            case byte[] octets -> statement.setBytes(place, octets);
            case String text -> statement.setString(place, text);
            case Optional<?> some when some.isPresent() -> bind(statement, place, some.get());
            case Optional<?> none -> statement.setNull(place, Types.NULL);
            default ->
                throw new IllegalArgumentException(
                        "a parameter of " + parameter.getClass().getName());
        }
    }
}
