package org.merpati.lib.expression;

import java.util.List;
import java.util.Optional;

/**
 * A list of conditions and what follows from each; the first that holds decides. What its {@code matches} has found is at
 * hand in its consequence.
 *
 * @param otherwise where none holds
 */
public record Rules(List<Rule> rules, Optional<Expression> otherwise) {
    public Rules {
        rules = List.copyOf(rules);
    }

    public record Rule(Expression condition, Expression then) {
        public static Rule parse(String condition, String then, Names names) {
            return new Rule(Expression.parse(condition, names), Expression.parse(then, names));
        }
    }

    /** Empty where no condition holds and nothing is said of that. One budget for all. */
    public Optional<Value> evaluate(Variables variables, Budget budget) {
        for (var rule : rules) {
            var evaluation = rule.condition.evaluation(variables, budget);
            if (evaluation.value(rule.condition.root()).holds()) {
                return Optional.of(rule.then.evaluateAfter(evaluation));
            }
        }
        return otherwise.map(expression -> expression.evaluate(variables, budget));
    }
}
