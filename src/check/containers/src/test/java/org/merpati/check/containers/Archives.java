package org.merpati.check.containers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The archives to deploy. */
final class Archives {
    private Archives() {}

    /** The EAR as it is built. */
    static Path ear() {
        return Path.of(System.getProperty("check.ear"));
    }

    /** The EAR with the jar of {@code FailingCommit} in its lib. */
    static Path earWithFault(Path folder) throws IOException {
        var ear = Files.copy(
                ear(),
                Files.createDirectories(folder).resolve("merpati-with-fault.ear"),
                StandardCopyOption.REPLACE_EXISTING);
        try (var zip = FileSystems.newFileSystem(ear)) {
            Files.copy(Path.of(System.getProperty("check.fault")), zip.getPath("/lib/fault.jar"));
        }
        return ear;
    }

    /** A WAR of one servlet, no business of Merpati's. */
    static Path otherWar(Path folder) throws IOException {
        var war = Files.createDirectories(folder).resolve("other.war");
        Files.deleteIfExists(war);
        var type = OtherServlet.class.getName().replace('.', '/') + ".class";
        try (var zip = FileSystems.newFileSystem(URI.create("jar:" + war.toUri()), Map.of("create", "true"));
                var code = OtherServlet.class.getResourceAsStream("/" + type)) {
            if (code == null) {
                throw new IOException("no " + type);
            }
            var target = zip.getPath("/WEB-INF/classes/" + type);
            Files.createDirectories(target.getParent());
            Files.copy(code, target);
        }
        return war;
    }
}
