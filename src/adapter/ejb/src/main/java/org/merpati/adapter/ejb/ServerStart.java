package org.merpati.adapter.ejb;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import javax.sql.DataSource;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.jspecify.annotations.Nullable;
import org.merpati.adapter.jca.ContainerSettings;
import org.merpati.adapter.jca.ListenerAdapter;
import org.merpati.adapter.net.OpenPlatform;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Migrations;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.directory.Passwords;

/**
 * The server's start and end in a container. The start opens the data folder, brings the database's schema up to date (with
 * no transaction open) and adds the first administrator; only then does the door open. When it fails, the deployment
 * fails.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class ServerStart {
    private static final Logger LOG = System.getLogger(ServerStart.class.getName());
    private static final String ADMINISTRATOR = "admin";

    @Resource(name = "jdbc/merpati")
    DataSource dataSource;

    @Inject
    Migrations migrations;

    @Inject
    PlatformHolder server;

    @Inject
    Accounts accounts;

    private @Nullable OpenPlatform opened;

    @PostConstruct
    void start() {
        useCryptographyFirst();
        var config = ContainerSettings.load(Map.of(), "container");
        try {
            opened = OpenPlatform.open(config);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        try {
            server.set(opened.platform());
            migrations.migrate(dataSource, config.get(Settings.STORE_VOLATILE));
            firstAdministrator(config);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Bouncy Castle leaves thread locals behind on the thread that uses it first. On a thread of the container's they would
     * keep this deployment's classes in memory after its end, so that thread is one that ends at once.
     */
    private static void useCryptographyFirst() {
        var first = Thread.ofPlatform().name("merpati-first-use").start(CryptoServicesRegistrar::getSecureRandom);
        try {
            first.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    private void firstAdministrator(Config config) {
        if (accounts.hasAdministrator()) {
            return;
        }
        var password = config.get(Settings.ADMIN_PASSWORD);
        if (password.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "There is no administrator yet. Set the environment variable "
                            + Settings.ADMIN_PASSWORD.environmentName() + " or the system property "
                            + Settings.ADMIN_PASSWORD.propertyName()
                            + " for this server and start Merpati again: that adds the user " + ADMINISTRATOR + ".");
            return;
        }
        try (var secret = Secret.of(password.get())) {
            if (accounts.addFirstAdministrator(ADMINISTRATOR, new Passwords().hash(secret))) {
                LOG.log(Level.INFO, () -> "added the first administrator, user " + ADMINISTRATOR);
            }
        }
    }

    @PreDestroy
    void stop() {
        ListenerAdapter.closeAll();
        if (opened != null) {
            opened.close();
        }
    }
}
