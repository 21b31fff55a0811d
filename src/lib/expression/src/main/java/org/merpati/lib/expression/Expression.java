package org.merpati.lib.expression;

/** A parsed expression. Immutable, for any thread. */
public final class Expression {
    private final String source;
    private final Node root;

    private Expression(String source, Node root) {
        this.source = source;
        this.root = root;
    }

    /** @throws ExpressionSyntaxException with position and expectation, if the source is not one that uses these names */
    public static Expression parse(String source, Names names) {
        return new Expression(source, Parser.parse(source, names));
    }

    /** @throws EvaluationException if it comes to no value, or to none within the budget */
    public Value evaluate(Variables variables, Budget budget) {
        return evaluation(variables, budget).value(root);
    }

    Evaluation evaluation(Variables variables, Budget budget) {
        return new Evaluation(source, variables, budget, new String[0]);
    }

    /** With what another expression's {@code matches} has found. */
    Value evaluateAfter(Evaluation before) {
        return before.of(source).value(root);
    }

    Node root() {
        return root;
    }

    /** The source. */
    @Override
    public String toString() {
        return source;
    }
}
