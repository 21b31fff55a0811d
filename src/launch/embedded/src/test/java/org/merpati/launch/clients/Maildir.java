package org.merpati.launch.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The local side of a client that keeps a copy of everything: a tree of Maildir folders. */
final class Maildir {
    private static final Map<Integer, String> FLAGS = Map.of(
            (int) 'D',
            "\\Draft",
            (int) 'F',
            "\\Flagged",
            (int) 'R',
            "\\Answered",
            (int) 'S',
            "\\Seen",
            (int) 'T',
            "\\Deleted");

    private final Path root;
    private final Function<byte[], String> form;
    private int written;

    Maildir(Path root, Function<byte[], String> form) {
        this.root = root;
        this.form = form;
    }

    /** By the folders' paths below the root. */
    SortedMap<String, List<Held>> state() throws IOException {
        var state = new TreeMap<String, List<Held>>();
        for (var folder : folders()) {
            var held = new ArrayList<Held>();
            for (var file : files(folder)) {
                held.add(Held.of(form.apply(Files.readAllBytes(file)), flags(file)));
            }
            state.put(root.relativize(folder).toString(), held.stream().sorted().toList());
        }
        return state;
    }

    List<Path> folders() throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(path -> Files.isDirectory(path.resolve("cur")))
                    .sorted()
                    .toList();
        }
    }

    /** The messages, in the order of what of them is compared. */
    List<Path> files(Path folder) throws IOException {
        var contents = new TreeMap<String, Path>();
        for (var part : List.of("cur", "new")) {
            try (var files = Files.list(folder.resolve(part))) {
                for (var file : files.toList()) {
                    var before = contents.put(form.apply(Files.readAllBytes(file)) + file.getFileName(), file);
                    assert before == null;
                }
            }
        }
        return List.copyOf(contents.values());
    }

    private static List<String> flags(Path file) {
        var name = file.getFileName().toString();
        int info = name.indexOf(":2,");
        return info < 0
                ? List.of()
                : name.substring(info + 3).chars().mapToObj(Maildir::flag).toList();
    }

    private static String flag(int letter) {
        var flag = FLAGS.get(letter);
        return flag == null ? "unknown letter " + (char) letter : flag;
    }

    /** As a client does: each fifth message is removed, each fifth gets {@code \Flagged} and one {@code \Seen} more or less. */
    void change(@Nullable String newFolder, List<byte[]> more) throws IOException {
        for (var folder : folders()) {
            var files = files(folder);
            for (int i = 0; i < files.size(); i++) {
                switch (i % 5) {
                    case 0 -> Files.delete(files.get(i));
                    case 1 -> toggle(folder, files.get(i), "F");
                    case 2 -> toggle(folder, files.get(i), "S");
                    default -> {}
                }
            }
        }
        var to = folders().getFirst();
        if (newFolder != null) {
            to = root.resolve(newFolder);
            for (var part : List.of("cur", "new", "tmp")) {
                Files.createDirectories(to.resolve(part));
            }
        }
        for (var message : more) {
            written++;
            Files.write(
                    to.resolve("new").resolve("17000" + written + ".M" + written + ".host"),
                    Letters.unixLines(message));
        }
    }

    private static void toggle(Path folder, Path file, String letter) throws IOException {
        var name = file.getFileName().toString();
        int info = name.indexOf(":2,");
        var base = info < 0 ? name : name.substring(0, info);
        var letters = info < 0 ? "" : name.substring(info + 3);
        var toggled = letters.contains(letter) ? letters.replace(letter, "") : letters + letter;
        var sorted = toggled.chars()
                .sorted()
                .mapToObj(Character::toString)
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining());
        Files.move(file, folder.resolve("cur").resolve(base + ":2," + sorted));
    }
}
