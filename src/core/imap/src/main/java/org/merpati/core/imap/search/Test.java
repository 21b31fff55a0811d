package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** A key that can be asked of a message. */
sealed interface Test {
    /** The dearest source it may need. */
    Source source();

    /** Open when it depends on what is not known yet. */
    Truth of(Candidate candidate) throws IOException;

    @FunctionalInterface
    interface Judgement {
        boolean holds(Candidate candidate) throws IOException;
    }

    /** One key. */
    record Single(Source source, Judgement judgement) implements Test {
        @Override
        public Truth of(Candidate candidate) throws IOException {
            return candidate.knows(source) ? Truth.of(judgement.holds(candidate)) : Truth.OPEN;
        }
    }

    record Not(Test test) implements Test {
        @Override
        public Source source() {
            return test.source();
        }

        @Override
        public Truth of(Candidate candidate) throws IOException {
            return switch (test.of(candidate)) {
                case NO -> Truth.YES;
                case OPEN -> Truth.OPEN;
                case YES -> Truth.NO;
            };
        }
    }

    /**
     * Several keys, the cheap ones first, until one decides.
     *
     * @param decisive the answer of one that is the answer of all: YES for an OR, NO for an AND
     */
    record Several(List<Test> tests, Truth decisive) implements Test {
        public Several {
            tests = tests.stream().sorted(Comparator.comparing(Test::source)).toList();
        }

        @Override
        public Source source() {
            return tests.getLast().source();
        }

        @Override
        public Truth of(Candidate candidate) throws IOException {
            var result = decisive == Truth.YES ? Truth.NO : Truth.YES;
            for (var test : tests) {
                var truth = test.of(candidate);
                if (truth == decisive) {
                    return decisive;
                }
                if (truth == Truth.OPEN) {
                    result = Truth.OPEN;
                }
            }
            return result;
        }
    }
}
