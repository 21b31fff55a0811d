package org.merpati.lib.expression;

/** A source that is none. */
public final class ExpressionSyntaxException extends ExpressionException {
    public enum Fault {
        /** Something else was expected here, and the message says what. */
        UNEXPECTED,
        UNKNOWN_VARIABLE,
        UNKNOWN_FUNCTION,
        /** Too few or too many. */
        ARGUMENTS,
        REGEX,
        /** Over one of the {@link Limits}. */
        TOO_LARGE
    }

    private final Fault fault;

    ExpressionSyntaxException(Fault fault, Position position, String problem) {
        super(position, problem);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
