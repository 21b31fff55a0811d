package org.merpati.core.store;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** A store with its directory, and the database below it. */
final class House implements AutoCloseable {
    private final StoreUnderTest store;

    House(EmbeddedRuntime runtime) {
        store = new StoreUnderTest(runtime);
    }

    /** The service, each of its methods one unit through the door. */
    <S> S via(Class<S> service) {
        return store.via(service);
    }

    Recipient find(EmailAddress address) {
        return directory().find(store.door, address).orThrow();
    }

    SignIn signIn(String login, String password) {
        return directory().signIn(store.door, login, Secret.of(password)).orThrow();
    }

    void settings(Map<String, String> settings) {
        store.settings(settings);
    }

    private Directory directory() {
        return store.runtime.get(PlatformHolder.class).platform().directory();
    }

    /** Past the services: what they would not do. */
    void sql(String statement) {
        sql(store.runtime, statement);
    }

    static void sql(EmbeddedRuntime runtime, String statement) {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var prepared = connection.createStatement()) {
            prepared.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** A query of so many rows of these columns, {@code n} being 1, 2, 3 … */
    static String rows(int count, String columns) {
        return " with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < " + count
                + ") select " + columns + " from numbers";
    }

    @Override
    public void close() {
        store.close();
    }
}
