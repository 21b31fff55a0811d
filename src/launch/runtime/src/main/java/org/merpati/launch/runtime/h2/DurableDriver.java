package org.merpati.launch.runtime.h2;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** H2's driver for databases on our file: its transactions take turns, and are journaled. Made by the connection pool, by name. */
public final class DurableDriver implements Driver {
    private static final String PREFIX = "jdbc:h2:" + DurableFilePath.SCHEME + ":";

    /**
     * H2's own cache of statements leaves out {@code for update} and goes through all that it holds at the first change of each
     * table: {@link IdleStatements} is ours. Nor may H2 repeat a query's last result where nothing has changed: nothing in it
     * excepts {@code for update}, which would lock nothing then.
     */
    private static final String OPTIONS = ";QUERY_CACHE_SIZE=0;OPTIMIZE_REUSE_RESULTS=0";

    private final Driver h2 = new org.h2.Driver();

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        var connection = h2.connect(url + OPTIONS, info);
        if (connection == null) {
            return null;
        }
        var mount = mountOf(url);
        return proxy(Connection.class, new JournaledConnection(mount, mount.opened(connection), connection));
    }

    /** Whether the database that the connection is to is still open; asks nobody. */
    public static boolean isOpen(Connection connection) {
        try {
            return !OpenDatabase.storeOf(connection).isClosed();
        } catch (SQLException e) {
            return false; // so it is said of a closed session
        }
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

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(DurableDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
