package org.merpati.lib.expression;

/** Something wrong with an expression, and where. */
public abstract sealed class ExpressionException extends RuntimeException
        permits ExpressionSyntaxException, EvaluationException {
    private final Position position;
    private final String problem;

    ExpressionException(Position position, String problem) {
        super(position + ": " + problem, null, false, false);
        this.position = position;
        this.problem = problem;
    }

    public Position position() {
        return position;
    }

    /** Without the position. */
    public String problem() {
        return problem;
    }
}
