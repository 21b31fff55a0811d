package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.ModSeq;
import org.merpati.core.store.index.IndexRow;
import org.merpati.core.store.index.MailboxIndex;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.imap.NumberRange;

final class ChosenTest {
    private static final long[] NOTHING = {};

    private static MailboxIndex uids(long... values) {
        var rows = Arrays.stream(values)
                .mapToObj(uid -> new IndexRow(uid, uid, 1, false, 1, 0, 1, Set.of()))
                .toList();
        return MailboxIndex.empty().with(new ModSeq(1), rows, List.of());
    }

    private static List<Integer> walk(Chosen chosen) {
        var all = new ArrayList<Integer>();
        for (int index = chosen.from(0); index >= 0; index = chosen.from(index + 1)) {
            all.add(index);
        }
        return all;
    }

    @Test
    void theStarIsTheLastMessage() {
        var uids = uids(3, 5, 9);
        assertThat(Chosen.of(new MessageSet.UidSet(List.of(new NumberRange(100, 0))), uids, NOTHING)
                        .map(ChosenTest::walk))
                .hasValue(List.of(2));
        assertThat(Chosen.of(new MessageSet.SequenceSet(List.of(new NumberRange(0, 2))), uids, NOTHING)
                        .map(ChosenTest::walk))
                .hasValue(List.of(1, 2));
        assertThat(Chosen.of(new MessageSet.SequenceSet(List.of(new NumberRange(1, 0))), uids(), NOTHING)
                        .map(ChosenTest::walk))
                .hasValue(List.of());
        assertThat(Chosen.of(new MessageSet.SequenceSet(List.of(new NumberRange(1, 4))), uids, NOTHING))
                .isEmpty();
    }

    @Test
    void theDollarIsWhatWasSavedAndIsStillThere() {
        assertThat(Chosen.of(new MessageSet.Saved(), uids(3, 5, 9), new long[] {1, 5, 9})
                        .map(ChosenTest::walk))
                .hasValue(List.of(1, 2));
    }

    /** Against the plain definition. */
    @Test
    void everySetChoosesWhatItSays() {
        var random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            var uids = uids(
                    LongStream.range(1, 60).filter(uid -> random.nextInt(3) > 0).toArray());
            var ranges = new ArrayList<NumberRange>();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                ranges.add(new NumberRange(random.nextInt(70), random.nextInt(70)));
            }
            var expected = new TreeSet<Integer>();
            for (var range : ranges) {
                for (int index = 0; index < uids.size(); index++) {
                    long uid = uids.uid(index);
                    if (uid >= range.low(uids.last()) && uid <= range.high(uids.last())) {
                        expected.add(index);
                    }
                }
            }
            var chosen = Chosen.of(new MessageSet.UidSet(ranges), uids, NOTHING).orElseThrow();
            assertThat(walk(chosen)).containsExactlyElementsOf(expected);
            for (int index = 0; index < uids.size(); index++) {
                assertThat(chosen.contains(index)).isEqualTo(expected.contains(index));
                var before = expected.floor(index);
                if (before != null) {
                    assertThat(chosen.upTo(index)).isEqualTo(before);
                }
            }
        }
    }
}
