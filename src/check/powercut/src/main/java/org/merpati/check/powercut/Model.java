package org.merpati.check.powercut;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one account should hold after a number of operations. Which operation comes next follows from the seed and from what
 * the account holds, so that the count of operations alone says what should be there.
 */
final class Model {
    private static final int MOST = 120;

    enum Kind {
        DELIVER,
        FLAG,
        UNFLAG,
        MOVE,
        /** Marks them; the operation that follows expunges all that are marked. */
        MARK,
        EXPUNGE
    }

    /** One operation; {@code messages} by the numbers of their deliveries. */
    record Operation(int number, Kind kind, List<Integer> messages, int size) {}

    /** Where a message is and how it is marked. */
    record Held(String mailbox, boolean flagged, boolean deleted) {}

    private final long seed;
    private final boolean moves;
    private final TreeMap<Integer, Held> held = new TreeMap<>();
    private int done;

    Model(long seed, boolean moves) {
        this.seed = seed;
        this.moves = moves;
    }

    int done() {
        return done;
    }

    SortedMap<Integer, Held> held() {
        return held;
    }

    Operation next() {
        int number = done + 1;
        var random = new Random(seed * 1_000_003 + number);
        random.nextInt();
        int dice = random.nextInt(100);
        var kind = dice < 55 ? Kind.DELIVER : dice < 72 ? Kind.FLAG : dice < 82 ? Kind.UNFLAG : Kind.MOVE;
        var marked = held.entrySet().stream()
                .filter(entry -> entry.getValue().deleted())
                .map(java.util.Map.Entry::getKey)
                .toList();
        if (!marked.isEmpty()) {
            return new Operation(number, Kind.EXPUNGE, marked, 0);
        }
        if (dice >= 90 || held.size() >= MOST) {
            kind = Kind.MARK;
        }
        if (!moves && (kind == Kind.MOVE || kind == Kind.MARK)) {
            kind = held.size() >= MOST ? Kind.FLAG : Kind.DELIVER;
        }
        var chosen = kind == Kind.DELIVER ? List.<Integer>of() : some(random, kind == Kind.MARK ? 12 : 5);
        if (chosen.isEmpty()) {
            kind = Kind.DELIVER;
        }
        return new Operation(number, kind, chosen, 300 + random.nextInt(random.nextInt(20) == 0 ? 300_000 : 6_000));
    }

    void apply(Operation operation) {
        for (int message : operation.messages()) {
            var before = java.util.Objects.requireNonNull(held.get(message));
            switch (operation.kind()) {
                case FLAG -> held.put(message, new Held(before.mailbox(), true, false));
                case UNFLAG -> held.put(message, new Held(before.mailbox(), false, false));
                case MOVE ->
                    held.put(
                            message,
                            new Held(before.mailbox().equals("INBOX") ? "Archive" : "INBOX", before.flagged(), false));
                case MARK -> held.put(message, new Held(before.mailbox(), before.flagged(), true));
                case EXPUNGE -> held.remove(message);
                case DELIVER -> {}
            }
        }
        if (operation.kind() == Kind.DELIVER) {
            held.put(operation.number(), new Held("INBOX", false, false));
        }
        done = operation.number();
    }

    /** All of one mailbox, as one call moves or expunges. */
    private List<Integer> some(Random random, int most) {
        var candidates = new ArrayList<Integer>();
        var mailbox = random.nextInt(3) == 0 ? "Archive" : "INBOX";
        for (var entry : held.entrySet()) {
            if (entry.getValue().mailbox().equals(mailbox)) {
                candidates.add(entry.getKey());
            }
        }
        var chosen = new ArrayList<Integer>();
        int wanted = 1 + random.nextInt(most);
        while (!candidates.isEmpty() && chosen.size() < wanted) {
            int index = random.nextInt(candidates.size());
            chosen.add(candidates.get(index));
            candidates.subList(index, index + 1).clear();
        }
        chosen.sort(null);
        return chosen;
    }

    /** The message of a delivery: its number stands in it, the rest follows from the seed. */
    static byte[] message(long seed, Operation operation) {
        var random = new Random(seed ^ operation.number() * 77_777L);
        var text = new StringBuilder("Subject: number ")
                .append(operation.number())
                .append("\r\nMessage-ID: <")
                .append(operation.number())
                .append('.')
                .append(seed)
                .append("@powercut.example>\r\n\r\n");
        while (text.length() < operation.size()) {
            text.append(Long.toString(random.nextLong(), 36)).append("\r\n");
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
