package org.merpati.core.store.index;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** The emails of a mailbox by receivedAt and then id (RFC 8621 §4.4.2). */
public final class ByReceived {
    private record Candidate(long received, long email) {}

    private static final Comparator<Candidate> ORDER =
            Comparator.comparingLong(Candidate::received).thenComparingLong(Candidate::email);

    private ByReceived() {}

    /**
     * The ids of the emails at {@code from} and after in that order, {@code count} of them. Keeps no more than
     * {@code from + count} and looks at no message of a chunk that is all beyond these: where uids follow the time of arrival,
     * that is all but a few.
     */
    public static List<Long> page(MailboxIndex index, boolean ascending, int from, int count) {
        int kept = (int) Math.min((long) from + count, index.size());
        if (kept <= from) {
            return List.of();
        }
        var order = ascending ? ORDER : ORDER.reversed();
        var best = new PriorityQueue<>(kept, order.reversed()); // its head is the first to go
        // where uids follow the time of arrival, the best come first
        for (int step = 0; step < index.chunks(); step++) {
            var chunk = index.chunkAt(ascending ? step : index.chunks() - 1 - step);
            if (best.size() == kept && isBeyond(chunk, best.element(), ascending)) {
                continue;
            }
            for (int place = 0; place < chunk.size(); place++) {
                offer(best, kept, order, chunk, ascending ? place : chunk.size() - 1 - place);
            }
        }
        var sorted = Stream.generate(best::poll).limit(best.size()).toList().reversed();
        return sorted.subList(from, kept).stream().map(Candidate::email).toList();
    }

    private static boolean isBeyond(Chunk chunk, Candidate worst, boolean ascending) {
        return ascending ? chunk.earliest() > worst.received() : chunk.latest() < worst.received();
    }

    private static void offer(
            PriorityQueue<Candidate> best, int kept, Comparator<Candidate> order, Chunk chunk, int place) {
        if (best.size() < kept) {
            best.add(new Candidate(chunk.received(place), chunk.email(place)));
            return;
        }
        var worst = best.element();
        var candidate = new Candidate(chunk.received(place), chunk.email(place)); // does not leave this method mostly
        if (order.compare(candidate, worst) < 0) {
            best.remove();
            best.add(candidate);
        }
    }
}
