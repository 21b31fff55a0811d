package org.merpati.check.powercut;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.merpati.check.powercut.Verification.Expected;
import org.merpati.core.api.disk.Disk;
import org.merpati.launch.runtime.EmbeddedRuntime;

/**
 * The program: {@code --cuts N [--seed S] [--retention SECONDS] [--kill] [--no-moves] [--folder DIR]}. Runs the store under load, cuts the power (or kills the
 * process), opens what is left. Progress on standard error; {@code N passed, N failed} is the last line on standard output.
 */
public final class PowerCut {
    private static final double[] KEEP = {0, 0.5, 0.9};
    private static final int CUTS_A_RUN = 12;
    private static final int CUTS_WHILE_OPENING = 2;
    private static final int RUNS_ON_ONE_STORE = 4;
    /** The exit value of a process that a signal 9 has ended. */
    private static final int KILLED = 128 + 9;

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Options options;
    private final Path work;
    private final PrintStream progress = System.err;
    private final Random random;
    private int passed;
    private int failed;

    private PowerCut(Options options, Path work) {
        this.options = options;
        this.work = work;
        this.random = new Random(options.seed());
    }

    /**
     * @param retention how long H2 leaves space alone that is free, in all runs but the long one, which has the default
     * @param moves whether moves and expunges are part of the load
     */
    record Options(int cuts, long seed, Duration retention, boolean kill, Path folder, boolean moves) {
        static final String USAGE =
                "options: --cuts N [--seed S] [--retention SECONDS] [--kill] [--no-moves] [--folder DIR]";

        static Options parse(List<String> arguments) {
            int cuts = 0;
            long seed = System.nanoTime() & 0xffffff;
            var retention = SHORT;
            boolean kill = false;
            boolean moves = true;
            var folder = Path.of(System.getProperty("java.io.tmpdir"));
            for (var rest = new ArrayList<>(arguments); !rest.isEmpty(); ) {
                var name = rest.remove(0);
                switch (name) {
                    case "--kill" -> kill = true;
                    case "--no-moves" -> moves = false;
                    case "--cuts" -> cuts = Integer.parseInt(value(name, rest));
                    case "--seed" -> seed = Long.parseLong(value(name, rest));
                    case "--retention" -> retention = Duration.ofSeconds(Integer.parseUnsignedInt(value(name, rest)));
                    case "--folder" -> folder = Path.of(value(name, rest));
                    default -> throw new IllegalArgumentException("no option " + name + "; " + USAGE);
                }
            }
            if (cuts < 1) {
                throw new IllegalArgumentException("--cuts must be at least 1; " + USAGE);
            }
            return new Options(cuts, seed, retention, kill, folder, moves);
        }

        private static String value(String name, List<String> rest) {
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(name + " needs a value; " + USAGE);
            }
            return rest.remove(0);
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("child")) {
            KilledChild.run(arguments);
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("merpati dev powercut: " + e.getMessage());
            System.exit(2);
            return;
        }
        int failed = run(options);
        System.exit(failed == 0 ? 0 : 1);
    }

    /** Returns how many cuts failed. */
    static int run(Options options) throws Exception {
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        Files.createDirectories(options.folder());
        var work = Files.createTempDirectory(options.folder(), "merpati-powercut");
        var program = new PowerCut(options, work);
        program.progress.println("powercut: seed " + options.seed() + ", in " + work);
        if (options.kill()) {
            program.kill();
        } else {
            program.cut();
        }
        if (program.failed == 0) {
            remove(work);
        }
        System.out.println(program.passed + " passed, " + program.failed + " failed");
        return program.failed;
    }

    // --- cuts of a simulated device

    /** An image, and what must be in it. */
    private record Image(Path folder, List<Expected> expected, String how) {}

    private void cut() throws Exception {
        var base = work.resolve("none");
        var from = Crew.fresh();
        long seed = options.seed();
        int due = options.cuts();
        for (int number = 0; due > 0; number++) {
            boolean again = number % RUNS_ON_ONE_STORE != 0 && Files.exists(base);
            if (!again) {
                from = Crew.fresh();
                seed = options.seed() + number;
            }
            // one run in between is longer than the default retention
            boolean patient = number == 5;
            var images = new ArrayList<Image>();
            run(
                    number,
                    again ? base : null,
                    new Crew(seed, options.moves(), from),
                    Math.min(due, CUTS_A_RUN),
                    patient,
                    images);
            remove(base);
            for (var image : images) {
                // opening changes it; what failed is kept as the cut has left it
                var opened = work.resolve("opened");
                remove(opened);
                copy(image.folder(), opened);
                var verification = new Verification(opened, options.moves());
                var complaints = verification.run(image.expected());
                count(complaints, image.folder(), image.how());
                if (complaints.isEmpty()) {
                    remove(image.folder());
                    remove(base);
                    Files.move(opened, base);
                    from = verification.reached();
                }
            }
            due -= images.size();
            progress.println("powercut: run " + number + ", " + from + " operations; " + passed + " passed, " + failed
                    + " failed");
        }
    }

    private void run(
            int number,
            @org.jspecify.annotations.Nullable Path base,
            Crew crew,
            int cuts,
            boolean patient,
            List<Image> images)
            throws Exception {
        var live = work.resolve("live");
        var certain = work.resolve("certain");
        remove(live);
        remove(certain);
        if (base != null) {
            copy(base, live);
        }
        var disk = new CutDisk(live, certain, random.nextLong());
        var errors = new java.util.concurrent.ConcurrentLinkedQueue<Exception>();
        var running = Thread.ofPlatform().name("load").start(() -> {
            try (var home = Home.open(live, disk, patient ? EmbeddedRuntime.RETENTION : options.retention())) {
                crew.work(home, new Crew.Ledger() {
                    @Override
                    public void begun(int worker, int operation) {
                        // the crew keeps count
                    }

                    @Override
                    public void answered(int worker, int operation) {
                        // the crew keeps count
                    }
                });
            } catch (Exception e) {
                errors.add(e);
            }
        });
        long pause = patient ? 70_000 / cuts : 1_100;
        for (int i = 0; i < cuts && errors.isEmpty(); i++) {
            while (i >= CUTS_WHILE_OPENING && !crew.isAtWork() && errors.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            TimeUnit.MILLISECONDS.sleep(1 + random.nextLong(pause));
            double keep = KEEP[(number + i) % KEEP.length];
            boolean torn = random.nextBoolean();
            var folder = work.resolve("image-" + number + "-" + i);
            var answered = crew.answeredNow();
            disk.cut(folder, keep, torn, random);
            images.add(new Image(folder, crew.expected(answered), "keep " + keep + (torn ? ", torn" : "")));
        }
        crew.stop();
        running.join();
        if (!errors.isEmpty()) {
            throw new IllegalStateException("the load itself failed", errors.peek());
        }
    }

    // --- kill -9

    private void kill() throws Exception {
        var folder = work.resolve("killed");
        var from = Crew.fresh();
        long seed = options.seed();
        for (int number = 0; number < options.cuts(); number++) {
            if (number % (5 * RUNS_ON_ONE_STORE) == 0) {
                remove(folder);
                from = Crew.fresh();
                seed = options.seed() + number;
            }
            var begun = new ArrayList<>(from);
            var answered = new ArrayList<>(from);
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            var process = new ProcessBuilder(
                            java.toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PowerCut.class.getName(),
                            "child",
                            folder.toString(),
                            Long.toString(seed),
                            Boolean.toString(options.moves()),
                            from.toString(),
                            Long.toString(options.retention().toSeconds()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            work.resolve("child.log").toFile()))
                    .start();
            boolean opening = number % RUNS_ON_ONE_STORE == 0;
            long life = opening ? 200 + random.nextLong(2_500) : 50 + random.nextLong(4_000);
            if (opening) {
                killIn(life, process);
            }
            try (var lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                boolean heard = false;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!opening && !heard) {
                        heard = true; // however long the start took
                        killIn(life, process);
                    }
                    var parts = line.split(" ", -1);
                    if (parts.length == 4 && parts[3].equals(".")) {
                        (parts[0].equals("b") ? begun : answered)
                                .set(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                    }
                }
            }
            if (process.waitFor() != KILLED) {
                throw new IllegalStateException("the load itself failed: " + work.resolve("child.log"));
            }
            var crew = new Crew(seed, options.moves(), from);
            // a line cut off in the pipe may have been a beginning
            var perhaps = begun.stream().map(count -> count + 1).toList();
            var verification = new Verification(folder, options.moves());
            var complaints = verification.run(crew.expected(answered, perhaps));
            if (complaints.isEmpty()) {
                from = verification.reached();
                count(complaints, folder, "killed");
            } else {
                var kept = work.resolve("failed-" + number);
                copy(folder, kept);
                count(complaints, kept, "killed");
                remove(folder);
                from = Crew.fresh();
                seed = options.seed() + number + 1;
            }
            progress.println("powercut: killed after " + life + " ms " + (opening ? "of opening, " : "of work, ") + from
                    + " operations; " + passed + " passed, " + failed + " failed");
        }
    }

    private static void killIn(long millis, Process process) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                // nobody does; then it is killed now
            }
            process.toHandle().destroyForcibly(); // the process itself would close the pipe, with lines still in it
        });
    }

    private void count(List<String> complaints, Path folder, String how) {
        if (complaints.isEmpty()) {
            passed++;
            return;
        }
        failed++;
        progress.println("powercut: FAILED (" + how + "), kept in " + folder);
        complaints.forEach(complaint -> progress.println("    " + complaint));
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The process that gets killed: says each operation on standard output as it begins and when it is answered. */
    static final class KilledChild {
        private KilledChild() {}

        static void run(String[] arguments) throws Exception {
            var folder = Path.of(arguments[1]);
            var from = new ArrayList<Integer>();
            for (var count : arguments[4].replaceAll("[\\[\\] ]", "").split(",", -1)) {
                from.add(Integer.parseInt(count));
            }
            var out = new PrintStream(
                    new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.US_ASCII);
            var crew = new Crew(Long.parseLong(arguments[2]), Boolean.parseBoolean(arguments[3]), from);
            Files.createDirectories(folder);
            var retention = Duration.ofSeconds(Long.parseLong(arguments[5]));
            try (var home = Home.open(folder, Disk.real(), retention)) {
                crew.work(home, new Crew.Ledger() {
                    @Override
                    public void begun(int worker, int number) {
                        say("b " + worker + " " + number + " .\n");
                    }

                    @Override
                    public void answered(int worker, int number) {
                        say("a " + worker + " " + number + " .\n");
                    }

                    private void say(String line) {
                        var bytes = line.getBytes(StandardCharsets.US_ASCII);
                        out.write(bytes, 0, bytes.length); // one write call: lines of several threads don't mix
                    }
                });
            }
        }
    }
}
