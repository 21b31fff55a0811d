package org.merpati.launch.runtime.h2;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** One statement: what it is given, and what it did. */
final class JournaledStatement implements InvocationHandler {
    private static final int MOST_VALUES = 1_000;

    private final JournaledConnection connection;
    private final Statement statement;
    private final String prepared;
    private final Kind kind;
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<List<@Nullable Object>> batch = new ArrayList<>();
    private final Optional<IdleStatements> idle;
    private final Thread user = Thread.currentThread();
    private boolean strange;
    private boolean used; // in a way that the next one would notice
    private boolean closed;
    private @Nullable ResultSet result;

    /** What a statement means to the journal. */
    enum Kind {
        /** Changes nothing, and needs no turn. */
        READS,
        /** Changes nothing. */
        LOCKS,
        /** Takes numbers from a sequence. */
        TAKES_NUMBERS,
        /** Done again it does the same. */
        CHANGES,
        SHUTDOWN,
        /** What H2 is to store at once: changes of the schema, above all. */
        OTHER;

        static Kind of(String sql) {
            var text = sql.stripLeading().toLowerCase(Locale.ROOT);
            if (text.contains("next value for") || text.contains("nextval")) {
                return text.startsWith("select") || text.startsWith("values") || text.startsWith("call")
                        ? TAKES_NUMBERS
                        : OTHER;
            }
            if (text.startsWith("select") || text.startsWith("values") || text.startsWith("explain")) {
                return text.contains("for update") ? LOCKS : READS;
            }
            if (text.startsWith("insert")
                    || text.startsWith("update")
                    || text.startsWith("delete")
                    || text.startsWith("merge")) {
                return CHANGES;
            }
            return text.startsWith("shutdown") ? SHUTDOWN : OTHER;
        }
    }

    /** @param idle where a prepared one goes when it is closed */
    JournaledStatement(
            JournaledConnection connection, Statement statement, String prepared, Optional<IdleStatements> idle) {
        this.connection = connection;
        this.statement = statement;
        this.prepared = prepared;
        this.idle = idle;
        this.kind = statement instanceof PreparedStatement ? Kind.of(prepared) : Kind.OTHER;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        var name = method.getName();
        if (closed) {
            return switch (name) {
                case "close" -> null;
                case "isClosed" -> true;
                case "equals", "hashCode", "toString" -> DurableDriver.invoke(statement, method, arguments);
                default -> throw new SQLException("the statement is closed", "HY000", ErrorCode.OBJECT_CLOSED);
            };
        }
        if (name.equals("close")) {
            close();
            return null;
        }
        boolean done = false;
        try {
            var outcome = name.startsWith("execute") ? execute(name, method, arguments) : told(name, method, arguments);
            if (outcome instanceof ResultSet rows) {
                result = rows;
            }
            done = true;
            return outcome;
        } finally {
            used |= !done;
        }
    }

    /** For good, too, where a transaction is ended under the hands of its thread, which may be about to use it once more. */
    private void close() throws SQLException {
        closed = true;
        boolean elsewhere = !Thread.currentThread().equals(user);
        if (idle.isEmpty() || used || elsewhere || !(statement instanceof PreparedStatement again)) {
            statement.close();
            return;
        }
        if (result != null) {
            result.close();
        }
        idle.get().keep(prepared, again);
    }

    /** Anything but to be executed or closed. */
    private @Nullable Object told(String name, Method method, Object @Nullable [] arguments) throws Throwable {
        int given = arguments == null ? 0 : arguments.length;
        used |= (given == 1 && name.startsWith("set")) || name.equals("closeOnCompletion") || name.equals("cancel");
        if (statement instanceof PreparedStatement && kind == Kind.CHANGES) {
            switch (name) {
                case "addBatch" -> batch.add(new ArrayList<>(values));
                case "clearBatch" -> batch.clear();
                case "clearParameters" -> values.clear();
                default -> {
                    if (arguments != null
                            && given > 1
                            && name.startsWith("set")
                            && arguments[0] instanceof Integer index) {
                        keep(index, name.equals("setNull") ? null : plain(arguments[1]));
                    }
                }
            }
        }
        return DurableDriver.invoke(statement, method, arguments);
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return value instanceof Array array ? array.getArray() : value;
    }

    private void keep(int index, @Nullable Object value) {
        if (index < 1 || index > MOST_VALUES) {
            strange = true;
            return;
        }
        while (values.size() < index) {
            values.add(null);
        }
        values.set(index - 1, value);
    }

    private @Nullable Object execute(String name, Method method, Object @Nullable [] arguments) throws Throwable {
        boolean given = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
        var sql = given ? (String) Objects.requireNonNull(Objects.requireNonNull(arguments)[0]) : prepared;
        var means = given ? Kind.of(sql) : kind;
        OpenDatabase.Step step = () -> DurableDriver.invoke(statement, method, arguments);
        if (means == Kind.READS) {
            return step.run();
        }
        if (means == Kind.SHUTDOWN) {
            return connection.shutDown(step);
        }
        connection.change();
        return switch (means) {
            case TAKES_NUMBERS -> connection.takeNumbers(sql, step);
            case CHANGES ->
                connection.changed(() -> {
                    boolean done = false;
                    try {
                        var result = step.run();
                        note(name, sql, given, result);
                        done = true;
                        return result;
                    } finally {
                        if (!done && name.endsWith("Batch")) {
                            connection.changes().addOther(); // some of it may be done
                        }
                    }
                });
            case OTHER ->
                connection.changed(() -> {
                    connection.changes().addOther();
                    return step.run();
                });
            case READS, LOCKS, SHUTDOWN -> step.run();
        };
    }

    private void note(String name, String sql, boolean given, @Nullable Object result) throws Throwable {
        var changes = connection.changes();
        if (strange) {
            changes.addOther();
            return;
        }
        switch (result) {
            case int[] rows
            when rows.length == batch.size() && !given -> {
                for (int i = 0; i < rows.length; i++) {
                    changes.add(sql, batch.get(i), rows[i]);
                }
                batch.clear();
            }
            case Integer rows -> changes.add(sql, given ? List.of() : values, rows);
            case Boolean isResult
            when !isResult && name.equals("execute") ->
                changes.add(sql, given ? List.of() : values, statement.getUpdateCount());
            case null, default -> changes.addOther();
        }
    }
}
