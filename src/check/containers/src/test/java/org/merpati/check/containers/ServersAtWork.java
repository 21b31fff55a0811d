package org.merpati.check.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The processes started here, with those they started: none of them outlives the tests. */
final class ServersAtWork {
    private static final Set<Supplier<Optional<ProcessHandle>>> ALL = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALL.forEach(one -> one.get().ifPresent(ServersAtWork::end))));
    }

    private ServersAtWork() {}

    static void add(ProcessHandle process) {
        ALL.add(() -> Optional.of(process).filter(ProcessHandle::isAlive));
    }

    /** A process whose number stands in a file, if there is one. */
    static void addByFile(Path file) {
        ALL.add(() -> {
            try {
                return Files.exists(file)
                        ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                        : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static void end(ProcessHandle process) {
        Stream.concat(process.descendants(), Stream.of(process)).toList().forEach(ProcessHandle::destroyForcibly);
    }
}
