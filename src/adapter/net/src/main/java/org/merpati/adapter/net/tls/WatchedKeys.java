package org.merpati.adapter.net.tls;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Keys that are read again once their files have changed; looked at on the way, at most so often. */
final class WatchedKeys {
    private static final System.Logger LOG = System.getLogger(WatchedKeys.class.getName());

    /** Reads all keys, the one for everybody else first. */
    interface Source {
        List<CertifiedKey> read() throws IOException;
    }

    /** One reading. Its aliases are of no other. */
    record Generation(long number, List<CertifiedKey> keys) {
        String alias(CertifiedKey key) {
            return number + "." + keys.indexOf(key);
        }
    }

    /** What a file looked like; empty: it was not there. */
    private record Stamp(Path file, Optional<FileTime> modified, long size) {}

    private final Source source;
    private final List<Path> files;
    private final long every;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile Generation current;
    /** For a handshake that began before the last change. */
    private volatile Generation before;

    private volatile long checked;
    private List<Stamp> stamps;

    WatchedKeys(Source source, List<Path> files, Duration every) throws IOException {
        this.source = source;
        this.files = List.copyOf(files);
        this.every = every.toNanos();
        stamps = stamps();
        current = new Generation(0, source.read());
        before = current;
        // what reading has made is no change
        stamps = stamps();
        checked = System.nanoTime();
    }

    Generation now() {
        if (System.nanoTime() - checked >= every && checking.tryLock()) {
            try {
                checked = System.nanoTime();
                var seen = stamps();
                if (!seen.equals(stamps)) {
                    stamps = seen;
                    readAgain();
                }
            } finally {
                checking.unlock();
            }
        }
        return current;
    }

    Optional<CertifiedKey> byAlias(String alias) {
        return Stream.of(current, before)
                .flatMap(generation -> generation.keys().stream()
                        .filter(key -> generation.alias(key).equals(alias)))
                .findFirst();
    }

    private void readAgain() {
        try {
            var fresh = new Generation(current.number() + 1, source.read());
            before = current;
            current = fresh;
            LOG.log(INFO, () -> "certificates read again: " + fresh.keys());
        } catch (IOException | RuntimeException e) {
            LOG.log(WARNING, "changed certificates can't be used, the ones before stay: " + e.getMessage());
        }
    }

    private List<Stamp> stamps() {
        return files.stream().map(WatchedKeys::stamp).toList();
    }

    private static Stamp stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(file, Optional.of(attributes.lastModifiedTime()), attributes.size());
        } catch (IOException e) {
            return new Stamp(file, Optional.empty(), 0);
        }
    }
}
