package org.merpati.launch.runtime.h2;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** H2's driver for databases on our file: its transactions take turns. Made by the connection pool, by name. */
public final class DurableDriver implements Driver {
    private static final String PREFIX = "jdbc:h2:" + DurableFilePath.SCHEME + ":";

    private final Driver h2 = new org.h2.Driver();

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        var connection = h2.connect(url, info);
        if (connection == null) {
            return null;
        }
        var mount = mountOf(url);
        // the settings in the address have been set anew with this connection
        GroupCommit.storeOf(connection).setAutoCommitDelay(GroupCommit.BY_US_ALONE);
        return proxy(Connection.class, new Turns(mount, connection));
    }

    /** The one of the database that this address names. */
    static Mount mountOf(String url) {
        var path = url.substring(PREFIX.length()).replaceAll(";.*", "");
        return Mount.of(DurableFilePath.file(Path.of(path)));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return h2.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return h2.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return h2.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.h2");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(DurableDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Reading alone needs no turn; giving out numbers of a sequence commits on its own now and then. */
    static boolean changes(String sql) {
        var text = sql.stripLeading().toLowerCase(Locale.ROOT);
        return !(text.startsWith("select") || text.startsWith("values") || text.startsWith("explain"))
                || text.contains("next value for")
                || text.contains("nextval")
                || text.contains("for update");
    }

    /** A database that was opened for reading alone is opened anew once its disk takes writes again. */
    private static void leaveReading(Mount mount, Connection connection) throws SQLException {
        var database = GroupCommit.session(connection).getDatabase();
        if (database.isReadOnly() && mount.takesWrites()) {
            GroupCommit.shutDown(connection);
            throw new SQLException("the disk takes writes again, and the database is opened anew", "90098", 90098);
        }
    }

    /** Commits in memory, gives the turn back and returns when the commit is durable. */
    private static @Nullable Object committed(Mount mount, Connection connection, Committing step) throws Throwable {
        var turn = mount.turn();
        if (!turn.isOf(connection)) {
            return step.run(); // nothing was changed
        }
        GroupCommit group;
        long number;
        Object result;
        try {
            group = mount.groupCommit(GroupCommit.storeOf(connection));
            result = step.run();
            number = group.committed();
        } finally {
            turn.giveBack(connection);
        }
        group.await(turn, connection, number);
        return result;
    }

    @FunctionalInterface
    private interface Committing {
        @Nullable
        Object run() throws Throwable;
    }

    /** One connection: takes the turn before its first change and gives it back when that is committed or undone. */
    private record Turns(Mount mount, Connection connection) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            var name = method.getName();
            switch (name) {
                case "commit", "setAutoCommit" -> {
                    return committed(mount, connection, () -> DurableDriver.invoke(connection, method, arguments));
                }
                case "rollback", "close", "abort" -> {
                    try {
                        return DurableDriver.invoke(connection, method, arguments);
                    } finally {
                        if (!(name.equals("rollback") && arguments != null)) { // to a savepoint
                            mount.turn().giveBack(connection);
                        }
                    }
                }
                case "createStatement", "prepareStatement", "prepareCall" -> {
                    var sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                            ? text
                            : "";
                    var statement = DurableDriver.invoke(connection, method, arguments);
                    Class<?> type = method.getReturnType();
                    return DurableDriver.proxy(
                            type,
                            new Statements(mount, connection, sql, Objects.requireNonNull((Statement) statement)));
                }
                default -> {
                    return DurableDriver.invoke(connection, method, arguments);
                }
            }
        }
    }

    private record Statements(Mount mount, Connection connection, String prepared, Statement statement)
            implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (!method.getName().startsWith("execute")) {
                return DurableDriver.invoke(statement, method, arguments);
            }
            var sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                    ? text
                    : statement instanceof PreparedStatement ? prepared : "batch";
            if (!changes(sql)) {
                return DurableDriver.invoke(statement, method, arguments);
            }
            boolean isShutdown = sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("shutdown");
            if (!isShutdown) {
                leaveReading(mount, connection);
            }
            mount.turn().take(connection);
            if (isShutdown) { // stores by itself
                try {
                    return DurableDriver.invoke(statement, method, arguments);
                } finally {
                    mount.turn().giveBack(connection);
                }
            }
            return connection.getAutoCommit()
                    ? committed(mount, connection, () -> DurableDriver.invoke(statement, method, arguments))
                    : DurableDriver.invoke(statement, method, arguments);
        }
    }
}
