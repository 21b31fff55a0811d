package org.merpati.core.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a thread sends to a database: {@code jdbc:counted:h2:mem:x} is {@code jdbc:h2:mem:x} with each
 * execute of a statement noted, a batch as one.
 */
public final class CountedDriver implements Driver {
    private static final String PREFIX = "jdbc:counted:";
    private static final ThreadLocal<List<String>> NOTED = ThreadLocal.withInitial(ArrayList::new);

    static {
        try {
            DriverManager.registerDriver(new CountedDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private CountedDriver() {}

    /** The address of that database when what goes there is to be noted. */
    public static String counted(String url) {
        return PREFIX + url.substring("jdbc:".length());
    }

    /** What this thread executes during the work, in order. */
    public static List<String> during(Runnable work) {
        NOTED.get().clear();
        work.run();
        return List.copyOf(NOTED.get());
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        var connection = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info);
        return noted(Connection.class, connection, "");
    }

    private static <T> T noted(Class<T> type, T target, String sql) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            var text = arguments != null && arguments.length > 0 && arguments[0] instanceof String first ? first : sql;
            if (target instanceof Statement && method.getName().startsWith("execute")) {
                NOTED.get().add(text);
            }
            try {
                var result = method.invoke(target, arguments);
                return switch (result) {
                    case PreparedStatement statement
                    when target instanceof Connection -> noted(PreparedStatement.class, statement, text);
                    case Statement statement
                    when target instanceof Connection -> noted(Statement.class, statement, text);
                    case null, default -> result;
                };
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        };
        return type.cast(Proxy.newProxyInstance(CountedDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
