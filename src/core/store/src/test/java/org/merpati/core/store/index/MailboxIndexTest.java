package org.merpati.core.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.ModSeq;

class MailboxIndexTest {
    private static IndexRow row(long uid, long modSeq, Set<Keyword> keywords) {
        return new IndexRow(uid, uid * 3, modSeq, uid % 2 == 0, uid * 5, uid * 7, uid * 11 % 1_000_000, keywords);
    }

    @Test
    void anEmptyOneFindsNothing() {
        var index = MailboxIndex.empty();
        assertThat(index.size()).isZero();
        assertThat(index.find(1)).isEqualTo(~0);
        assertThatThrownBy(() -> index.uid(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void everyColumnComesBack() {
        var row = new IndexRow(
                4_294_967_295L, Long.MAX_VALUE, 9, true, 77, -5, 3, Set.of(Keyword.SEEN, new Keyword("x")));
        var index = MailboxIndex.empty().with(new ModSeq(9), List.of(row), List.of());
        assertThat(index.row(0)).isEqualTo(row);
        assertThat(index.uid(0)).isEqualTo(4_294_967_295L);
        assertThat(index.email(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(index.modSeq(0)).isEqualTo(9);
        assertThat(index.thread(0)).isEqualTo(77);
        assertThat(index.received(0)).isEqualTo(-5);
        assertThat(index.size(0)).isEqualTo(3);
        assertThat(index.deleted(0)).isTrue();
        assertThat(index.keywords(0)).containsExactly(Keyword.SEEN, new Keyword("x"));
        assertThat(index.find(4_294_967_295L)).isZero();
        assertThat(index.find(4_294_967_294L)).isEqualTo(~0);
    }

    /** What an index must be after any changes: the sorted map of its rows. Older indexes stay as they were. */
    @Test
    void anySequenceOfChangesGivesTheRowsThatAreLeft() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var index = MailboxIndex.empty();
            var model = new TreeMap<Long, IndexRow>();
            long next = 1L + random.nextInt(3);
            for (int step = 1; step < 60; step++) {
                var before = List.copyOf(model.values());
                var old = index;
                var rows = new ArrayList<IndexRow>();
                var gone = new ArrayList<Long>();
                int news = random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(4);
                for (int i = 0; i < news; i++) {
                    next += 1 + random.nextInt(2);
                    rows.add(row(next, step, Set.of()));
                }
                double share = random.nextInt(8) == 0 ? random.nextDouble() : 0.002;
                for (var uid : model.keySet()) {
                    if (random.nextDouble() < share) {
                        gone.add(uid);
                    } else if (random.nextDouble() < share) {
                        rows.add(row(uid, step, Set.of(Keyword.SEEN, new Keyword("k" + random.nextInt(5)))));
                    }
                }
                gone.add(next + 1_000_000); // never there
                index = index.with(new ModSeq(step), rows, gone);
                gone.forEach(model::remove);
                rows.forEach(row -> model.put(row.uid(), row));
                agrees(index, model);
                differ(old, before, index, model);
                assertThat(rowsOf(old)).isEqualTo(before);
                assertThat(index.modSeq()).isEqualTo(new ModSeq(step));
            }
        }
    }

    @Test
    void emailsComeByReceivedAndIdAndInPages() {
        var random = new Random(7);
        var rows = LongStream.rangeClosed(1, 2_000)
                .mapToObj(
                        uid -> new IndexRow(uid, 5_000 - uid, 1, false, 1, uid + 50L * random.nextInt(3), 1, Set.of()))
                .toList();
        var index = MailboxIndex.empty().with(new ModSeq(1), rows, List.of());
        var sorted = rows.stream()
                .sorted(Comparator.comparingLong(IndexRow::received).thenComparingLong(IndexRow::email))
                .map(IndexRow::email)
                .toList();
        assertThat(ByReceived.page(index, true, 0, 3_000)).isEqualTo(sorted);
        assertThat(ByReceived.page(index, false, 0, 3_000)).isEqualTo(sorted.reversed());
        assertThat(ByReceived.page(index, false, 990, 20))
                .isEqualTo(sorted.reversed().subList(990, 1010));
        assertThat(ByReceived.page(index, true, 1_990, 20)).isEqualTo(sorted.subList(1_990, 2_000));
        assertThat(ByReceived.page(index, true, 2_000, 20)).isEmpty();
    }

    @Test
    void aMessageTakesNoMoreThanSixtyFourOctets() {
        var rows = LongStream.rangeClosed(1, 100_000)
                .mapToObj(uid -> row(uid, uid, uid % 3 == 0 ? Set.of(Keyword.SEEN) : Set.of()))
                .toList();
        var index = MailboxIndex.empty().with(new ModSeq(1), rows, List.of());
        assertThat(index.octets() / index.size()).isLessThan(64);
    }

    private static void agrees(MailboxIndex index, Map<Long, IndexRow> model) {
        assertThat(rowsOf(index)).isEqualTo(List.copyOf(model.values()));
        int place = 0;
        for (long uid : model.keySet()) {
            assertThat(index.find(uid)).isEqualTo(place);
            if (!model.containsKey(uid + 1)) {
                assertThat(index.find(uid + 1)).isEqualTo(~(place + 1));
            }
            place++;
        }
    }

    private static List<IndexRow> rowsOf(MailboxIndex index) {
        return IntStream.range(0, index.size()).mapToObj(index::row).toList();
    }

    private static void differ(MailboxIndex old, List<IndexRow> before, MailboxIndex index, Map<Long, IndexRow> now) {
        var was = new TreeMap<Long, IndexRow>();
        before.forEach(row -> was.put(row.uid(), row));
        var changes = IndexChanges.between(old, index);
        assertThat(IntStream.of(changes.gone()).mapToLong(old::uid))
                .containsExactlyElementsOf(was.keySet().stream()
                        .filter(uid -> !now.containsKey(uid))
                        .toList());
        assertThat(IntStream.of(changes.added()).mapToLong(index::uid))
                .containsExactlyElementsOf(now.keySet().stream()
                        .filter(uid -> !was.containsKey(uid))
                        .toList());
        assertThat(IntStream.of(changes.changed()).mapToLong(index::uid))
                .containsExactlyElementsOf(now.values().stream()
                        .filter(row ->
                                was.containsKey(row.uid()) && was.get(row.uid()).modSeq() != row.modSeq())
                        .map(IndexRow::uid)
                        .toList());
        int unseen = index.firstUnseen();
        assertThat(unseen < 0 ? -1 : index.uid(unseen))
                .isEqualTo(now.values().stream()
                        .filter(row -> !row.keywords().contains(Keyword.SEEN))
                        .mapToLong(IndexRow::uid)
                        .findFirst()
                        .orElse(-1));
    }
}
