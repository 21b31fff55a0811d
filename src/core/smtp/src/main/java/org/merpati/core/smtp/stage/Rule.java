package org.merpati.core.smtp.stage;

import java.util.Optional;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.ConfigException;
import org.merpati.lib.expression.Budget;
import org.merpati.lib.expression.EvaluationException;
import org.merpati.lib.expression.Expression;
import org.merpati.lib.expression.ExpressionSyntaxException;
import org.merpati.lib.expression.Value;

/**
 * An expression of the settings.
 *
 * @param setting its name there, for messages
 */
record Rule(String setting, Expression expression) {
    /**
     * Empty where the setting is.
     *
     * @throws ConfigException with the setting's name, line and column
     */
    static Optional<Rule> parse(Config.Entry entry) {
        var name = entry.setting().name();
        if (entry.text().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rule(name, Expression.parse(entry.text(), Step.NAMES)));
        } catch (ExpressionSyntaxException e) {
            throw new ConfigException(name + " (from " + entry.source() + "): not right at " + e.getMessage());
        }
    }

    /** @throws EvaluationException when it comes to no value within the budget */
    Value value(Step step) {
        return expression.evaluate(step, Budget.standard());
    }
}
