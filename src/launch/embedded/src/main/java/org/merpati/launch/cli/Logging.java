package org.merpati.launch.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * What is logged, and how, unless {@code java.util.logging.config.file} says otherwise: one line each on standard error, the
 * libraries only when something is wrong.
 */
final class Logging {
    /** The door logs a failed transaction once, with its cause; below it EclipseLink and Narayana would each do it again. */
    private static final Map<String, Level> LEVELS = Map.of(
            "org.merpati", Level.INFO,
            "org.eclipse.persistence", Level.SEVERE,
            "com.arjuna", Level.SEVERE,
            "org.jboss.weld", Level.WARNING,
            "org.flywaydb", Level.WARNING,
            "org.eclipse.jetty", Level.WARNING,
            "org.glassfish.jersey", Level.WARNING,
            // says that optional providers of entities are not there
            "org.glassfish.jersey.message.internal.MessagingBinders", Level.SEVERE);

    /** Loggers are held weakly by the JDK, and their levels go with them. */
    private static final List<Logger> KEPT = new CopyOnWriteArrayList<>();

    private Logging() {}

    static void toStandardError(Level least) {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        LogManager.getLogManager().reset();
        var handler = new ConsoleHandler();
        handler.setFormatter(new LogLine());
        handler.setLevel(Level.ALL);
        var root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(handler);
        KEPT.add(root);
        LEVELS.forEach((name, level) -> {
            var logger = Logger.getLogger(name);
            logger.setLevel(level.intValue() < least.intValue() ? least : level);
            KEPT.add(logger);
        });
    }
}
