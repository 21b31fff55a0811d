package org.merpati.core.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.merpati.lib.imap.command.SearchKey;

final class SearchContextTest {
    private static SearchContext context(int... results) {
        var bits = new BitSet();
        IntStream.of(results).forEach(bits::set);
        return new SearchContext("a", Optional.empty(), true, new SearchKey.All(), List.of(), bits, Optional.empty());
    }

    @Test
    void resultsFollowTheirMessagesWhenOthersGo() {
        var context = context(0, 3, 5, 9);
        context.close(new int[] {1, 4, 6});
        assertThat(context.results().stream()).containsExactly(0, 2, 3, 6);
        context.close(new int[0]);
        assertThat(context.results().stream()).containsExactly(0, 2, 3, 6);
        context.close(new int[] {100});
        assertThat(context.results().stream()).containsExactly(0, 2, 3, 6);
    }

    @Test
    void atRandomToo() {
        for (int seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var results = new TreeSet<Integer>();
            var gone = new TreeSet<Integer>();
            for (int place = 0; place < 150; place++) {
                int what = random.nextInt(4);
                if (what == 0) {
                    gone.add(place);
                } else if (what == 1) {
                    results.add(place);
                }
            }
            var context = context(results.stream().mapToInt(place -> place).toArray());
            context.close(gone.stream().mapToInt(place -> place).toArray());
            assertThat(context.results().stream().boxed())
                    .as("seed " + seed)
                    .containsExactlyElementsOf(results.stream()
                            .map(place -> place - gone.headSet(place).size())
                            .toList());
        }
    }
}
