package org.merpati.core.store;

import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.merpati.core.api.Platform;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.directory.InternalDirectory;
import org.merpati.core.store.directory.Passwords;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** The store's services over a migrated database, without blobs. */
final class House implements AutoCloseable {
    final Passwords passwords = new Passwords();
    private final InternalDirectory directory = new InternalDirectory(InstantSource.system(), passwords);
    private final EmbeddedRuntime runtime;
    private final Door door;

    House(EmbeddedRuntime runtime) {
        this.runtime = runtime;
        runtime.get(PlatformHolder.class)
                .set(new Platform(
                        Config.from(Map.of(), "test", Map.of(), new Properties()),
                        new NoBlobs(),
                        () -> {
                            throw new IllegalStateException("not in this test");
                        },
                        directory,
                        new LocalWatchers(),
                        InstantSource.system()));
        door = runtime.get(Door.class);
        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);
    }

    /** The service, each of its methods one unit through the door. */
    <S> S via(Class<S> service) {
        InvocationHandler throughTheDoor = (proxy, method, arguments) -> door.call(services -> {
                    try {
                        return method.invoke(services.get(service), arguments);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orThrow();
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, throughTheDoor));
    }

    Recipient find(EmailAddress address) {
        return directory.find(door, address).orThrow();
    }

    SignIn signIn(String login, String password) {
        return directory.signIn(door, login, Secret.of(password)).orThrow();
    }

    /** Past the services: what they would not do. */
    void sql(String statement) {
        try (var connection = runtime.get(DataSource.class).getConnection();
                var prepared = connection.createStatement()) {
            prepared.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** A query of so many rows of these columns, {@code n} being 1, 2, 3 … */
    String rows(int count, String columns) {
        return " with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < " + count
                + ") select " + columns + " from numbers";
    }

    @Override
    public void close() {
        runtime.close();
    }

    private static final class NoBlobs implements BlobStore {
        @Override
        public Blob append(Content content) {
            throw new IllegalStateException("not in this test");
        }

        @Override
        public InputStream open(BlobRef ref, long from, long length) {
            throw new IllegalStateException("not in this test");
        }
    }
}
