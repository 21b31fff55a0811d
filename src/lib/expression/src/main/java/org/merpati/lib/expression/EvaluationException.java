package org.merpati.lib.expression;

/** An evaluation that came to no value. The message may hold values, so it is for the administrator, not for a peer. */
public final class EvaluationException extends ExpressionException {
    public enum Fault {
        /** The budget is spent. */
        BUDGET,
        /** A value of another kind is needed here. */
        KIND,
        /** A division by zero, or a number that is too large. */
        ARITHMETIC,
        /** A value over one of the {@link Limits}. */
        TOO_LARGE
    }

    private final Fault fault;

    EvaluationException(Fault fault, Position position, String problem) {
        super(position, problem);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
