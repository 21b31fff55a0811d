package org.merpati.launch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.directory.OperatorToken;

/**
 * {@code run} in the data folder: what a running server leaves for the command line. It may be left over from a server that
 * was killed, so {@link #running} looks whether the process is there and is the same one.
 */
record RunFolder(Path folder) {
    private static final String OWNER = "rw-------";

    static RunFolder in(Path data) {
        return new RunFolder(data.resolve("run"));
    }

    /** The server that runs on this folder and listens on all its ports. */
    Optional<RunningServer> running() throws IOException {
        return read("server.json").flatMap(RunningServer::parse).filter(RunningServer::alive);
    }

    OperatorToken token() throws IOException {
        return read("token")
                .map(OperatorToken::new)
                .orElseThrow(() -> new Refused("the server's token is missing: " + folder.resolve("token")));
    }

    /** Tells that this process serves; the token first, so that whoever finds the server finds the token. */
    void announce(RunningServer server, OperatorToken token) throws IOException {
        Files.createDirectories(folder);
        write("token", token.value());
        write("server.json", server.json());
    }

    void withdraw() throws IOException {
        Files.deleteIfExists(folder.resolve("server.json"));
        Files.deleteIfExists(folder.resolve("token"));
    }

    /** Leaves the first administrator's password for the command that started this process. */
    void leavePassword(String password) throws IOException {
        Files.createDirectories(folder);
        write("first-password", password);
    }

    /** Takes what {@link #leavePassword} left. */
    Optional<String> takePassword() throws IOException {
        var password = read("first-password");
        Files.deleteIfExists(folder.resolve("first-password"));
        return password;
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whole or not at all, and for this user alone from its first octet on. */
    private void write(String name, String text) throws IOException {
        var fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly());
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private FileAttribute<?>[] ownerOnly() {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER))}
                : new FileAttribute<?>[0];
    }
}
