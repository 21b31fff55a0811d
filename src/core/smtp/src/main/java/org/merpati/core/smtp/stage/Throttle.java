package org.merpati.core.smtp.stage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.config.ThrottleKey;
import org.merpati.core.api.config.ThrottleStep;
import org.merpati.core.api.stage.Verdict;
import org.merpati.lib.expression.EvaluationException;

/**
 * So many events of a kind in so much time, by keys.
 *
 * @param at the step that is counted
 * @param match what must hold for an event to count; empty: all do
 */
record Throttle(String name, Set<ThrottleKey> keys, ThrottleStep at, Optional<Rule> match, TokenBuckets buckets) {
    private static final Logger LOG = System.getLogger(Throttle.class.getName());

    Throttle {
        keys = Set.copyOf(keys);
    }

    /** Counts the event, or refuses it. */
    Verdict verdict(Step step) {
        try {
            if (match.isPresent() && !match.get().value(step).holds()) {
                return Verdict.proceed();
            }
        } catch (EvaluationException e) {
            LOG.log(
                    Level.WARNING,
                    () -> step.session().id() + ": " + match.get().setting() + " failed: " + e.getMessage());
            return StageRefusals.brokenRule();
        }
        var key = key(step);
        if (key.isEmpty() || buckets.take(key.get())) {
            return Verdict.proceed();
        }
        LOG.log(Level.INFO, () -> step.session().id() + ": over the limit of throttle " + name + " at " + at.text());
        return StageRefusals.tooMany();
    }

    /** Empty when one of the keys is not there: who has not signed in has no login to be counted by. */
    private Optional<String> key(Step step) {
        var parts = new ArrayList<String>();
        for (var each : ThrottleKey.values()) {
            if (keys.contains(each)) {
                var value = step.value(each);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(value.get());
            }
        }
        return Optional.of(String.join("\n", parts));
    }
}
