package org.merpati.launch.runtime.h2;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes the turn before its first change, keeps what it changes, and commits it to the journal. Like any
 * connection it is for one thread at a time.
 */
final class JournaledConnection implements InvocationHandler {
    private final Mount mount;
    private final OpenDatabase database;
    private final Connection connection;
    private final Changes changes = new Changes();
    private final IdleStatements idle = new IdleStatements();
    private @Nullable PreparedStatement mover;

    JournaledConnection(Mount mount, OpenDatabase database, Connection connection) {
        this.mount = mount;
        this.database = database;
        this.connection = connection;
    }

    Changes changes() {
        return changes;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        OpenDatabase.Step step = () -> DurableDriver.invoke(connection, method, arguments);
        return switch (method.getName()) {
            case "commit" -> commit(step);
            case "setAutoCommit" ->
                commit(() -> {
                    if (!changes.isEmpty()) {
                        connection.commit(); // JDBC says so, and H2 would wait for the next statement
                    }
                    return step.run();
                });
            case "rollback" -> arguments == null ? end(step) : partlyUndone(step);
            case "close", "abort" -> end(step);
            case "createStatement", "prepareStatement", "prepareCall" ->
                journaled(method.getReturnType(), step, arguments);
            default -> step.run();
        };
    }

    private Object journaled(Class<?> type, OpenDatabase.Step step, Object @Nullable [] arguments) throws Throwable {
        int given = arguments == null ? 0 : arguments.length;
        var sql = given > 0 && Objects.requireNonNull(arguments)[0] instanceof String text ? text : "";
        boolean again = type == PreparedStatement.class && given == 1;
        var known = again ? idle.take(sql) : null;
        var statement = known == null ? (Statement) Objects.requireNonNull(step.run()) : known;
        return DurableDriver.proxy(
                type, new JournaledStatement(this, statement, sql, again ? Optional.of(idle) : Optional.empty()));
    }

    /** Back to a savepoint: what was before it stays. */
    private @Nullable Object partlyUndone(OpenDatabase.Step step) throws Throwable {
        changes.addOther();
        return step.run();
    }

    private @Nullable Object end(OpenDatabase.Step step) throws Throwable {
        try {
            return step.run();
        } finally {
            changes.clear();
            mount.turn().giveBack(connection);
        }
    }

    /** Takes the turn: something is to be changed. */
    void change() throws SQLException {
        mount.turn().take(connection);
        if (mount.isDoubtful()) {
            try {
                database.prove();
            } catch (SQLException e) {
                if (changes.isEmpty()) {
                    mount.turn().giveBack(connection);
                }
                throw e;
            }
        }
    }

    /** Numbers of a sequence need no commit: whoever uses them brings them into the journal. */
    @Nullable
    Object takeNumbers(String sql, OpenDatabase.Step step) throws Throwable {
        try {
            var result = step.run();
            mount.sequences().take(sql);
            return result;
        } finally {
            if (connection.getAutoCommit()) {
                mount.turn().giveBack(connection);
            }
        }
    }

    /** It stores by itself. The journal goes, so that the database's file is all there is. */
    @Nullable
    Object shutDown(OpenDatabase.Step step) throws Throwable {
        mount.turn().take(connection);
        try {
            database.store();
            var result = step.run();
            database.end();
            mount.removeJournals();
            return result;
        } finally {
            mount.turn().giveBack(connection);
        }
    }

    /** Runs a change; outside a transaction it is one by itself. */
    @Nullable
    Object changed(OpenDatabase.Step step) throws Throwable {
        if (!connection.getAutoCommit()) {
            return step.run();
        }
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            var result = step.run();
            commit(() -> {
                connection.commit();
                return null;
            });
            done = true;
            return result;
        } finally {
            if (!done) {
                undo();
            }
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private void undo() throws SQLException {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } finally {
            changes.clear();
            mount.turn().giveBack(connection);
        }
    }

    /** Commits in memory, gives the turn back and returns when the commit is durable. */
    private @Nullable Object commit(OpenDatabase.Step commit) throws Throwable {
        OpenDatabase.Committed committed;
        try {
            if (changes.isEmpty()) {
                return commit.run();
            }
            var moving = mover;
            if (moving == null) {
                moving = OpenDatabase.mover(connection);
                mover = moving;
            }
            committed = database.commit(connection, changes, moving, commit);
        } finally {
            changes.clear();
            mount.turn().giveBack(connection);
        }
        database.await(committed.number());
        return committed.result();
    }
}
