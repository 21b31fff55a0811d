package org.merpati.lib.expression;

/**
 * What evaluation may cost, in steps: one for each part of the tree that is evaluated, one for every 16 characters or item
 * that a function handles, and for a regular expression one for every 16 products of its instructions and the text's
 * characters. One budget may serve several expressions; it is for one thread.
 */
public final class Budget {
    private long left;

    private Budget(long steps) {
        this.left = steps;
    }

    public static Budget of(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("a budget of " + steps);
        }
        return new Budget(steps);
    }

    /** 100,000 steps: some milliseconds at most, and far more than rules on envelopes need. */
    public static Budget standard() {
        return of(100_000);
    }

    public long left() {
        return left;
    }

    /** Whether there was enough. */
    boolean spend(long steps) {
        left = steps > left ? -1 : left - steps;
        return left >= 0;
    }
}
