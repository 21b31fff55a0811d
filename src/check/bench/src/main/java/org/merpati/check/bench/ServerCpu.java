package org.merpati.check.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * User and system time of some processes and all that they have started (proc(5): fields 14 to 17 of {@code stat}, in ticks of
 * 10 ms). A process that ended counts with the one that waited for it.
 */
record ServerCpu(List<Long> processes) {
    double seconds() throws IOException {
        double sum = 0;
        for (long process : processes) {
            sum += seconds(Path.of("/proc", Long.toString(process), "stat"));
            var children = ProcessHandle.of(process).stream()
                    .flatMap(ProcessHandle::descendants)
                    .toList();
            for (var child : children) {
                sum += seconds(Path.of("/proc", Long.toString(child.pid()), "stat"));
            }
        }
        return sum;
    }

    private static double seconds(Path stat) throws IOException {
        String text;
        try {
            text = Files.readString(stat);
        } catch (NoSuchFileException e) {
            return 0; // it has ended meanwhile
        }
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return Stream.of(fields).skip(11).limit(4).mapToLong(Long::parseLong).sum() / 100.0;
    }
}
