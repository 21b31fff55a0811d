package org.merpati.check.bench.mime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a folder, without their mailbox files' "From " lines.
 *
 * @param agreed those that every contestant reads to the same digest: only they are timed
 * @param differing how many each contestant reads otherwise than Merpati does, or not at all
 */
record Corpus(List<byte[]> agreed, long octets, int all, Map<Contestant, Integer> differing) {
    /** The folder that {@code -Dcorpus=} names. */
    static Corpus load() throws IOException {
        var folder = System.getProperty("corpus");
        if (folder == null) {
            throw new IllegalArgumentException("name a folder of messages (*.txt, *.eml) with -Dcorpus=FOLDER");
        }
        var messages = new ArrayList<byte[]>();
        try (var files = Files.walk(Path.of(folder))) {
            for (var file : files.filter(path ->
                            path.toString().endsWith(".txt") || path.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                messages.add(withoutFromLine(Files.readAllBytes(file)));
            }
        }
        var agreed = new ArrayList<byte[]>();
        var differing = new EnumMap<Contestant, Integer>(Contestant.class);
        for (var message : messages) {
            long ours = Contestant.MERPATI.read(message);
            boolean same = true;
            for (var contestant : Contestant.values()) {
                boolean differs = differs(contestant, message, ours);
                differing.merge(contestant, differs ? 1 : 0, Integer::sum);
                same &= !differs;
            }
            if (same) {
                agreed.add(message);
            }
        }
        long octets = agreed.stream().mapToLong(message -> message.length).sum();
        return new Corpus(agreed, octets, messages.size(), differing);
    }

    private static boolean differs(Contestant contestant, byte[] message, long ours) {
        try {
            return contestant.read(message) != ours;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static byte[] withoutFromLine(byte[] bytes) {
        if (bytes.length < 5
                || bytes[0] != 'F'
                || bytes[1] != 'r'
                || bytes[2] != 'o'
                || bytes[3] != 'm'
                || bytes[4] != ' ') {
            return bytes;
        }
        int at = 0;
        while (bytes[at] != '\n') {
            at++;
        }
        return Arrays.copyOfRange(bytes, at + 1, bytes.length);
    }
}
