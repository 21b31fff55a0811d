package org.merpati.lib.expression;

import org.merpati.lib.expression.EvaluationException.Fault;
import org.merpati.lib.expression.Value.Items;
import org.merpati.lib.expression.Value.Text;

/** What is equal, less and inside. A text is compared to a number as a number, if it says one; texts as they are. */
record Comparison(Evaluation evaluation, Node node) {
    boolean equal(Value left, Value right) {
        evaluation.spend(node, 1);
        if (left instanceof Items a && right instanceof Items b) {
            if (a.values().size() != b.values().size()) {
                return false;
            }
            for (int i = 0; i < a.values().size(); i++) {
                if (!equal(a.values().get(i), b.values().get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Text a && right instanceof Text b) {
            evaluation.spend(node, Math.min(a.value().length(), b.value().length()) / 16);
            return a.equals(b);
        }
        var one = Numbers.of(left);
        var other = Numbers.of(right);
        if (one.isEmpty() || other.isEmpty()) {
            return left.equals(right);
        }
        return Numbers.compare(one.get(), other.get()) == 0;
    }

    int compare(Value left, Value right) {
        evaluation.spend(node, 1);
        if (left instanceof Text a && right instanceof Text b) {
            evaluation.spend(node, Math.min(a.value().length(), b.value().length()) / 16);
            return a.value().compareTo(b.value());
        }
        var one = Numbers.of(left);
        var other = Numbers.of(right);
        if (one.isEmpty() || other.isEmpty()) {
            throw evaluation.fail(Fault.KIND, node, "no order between " + left.kind() + " and " + right.kind());
        }
        return Numbers.compare(one.get(), other.get());
    }

    /** An item of a list, or a part of a text. */
    boolean in(Value value, Value whole) {
        if (whole instanceof Items items) {
            for (var each : items.values()) {
                if (equal(each, value)) {
                    return true;
                }
            }
            return false;
        }
        var text = evaluation.text(node, whole);
        var part = evaluation.text(node, value);
        evaluation.spendOnSearch(node, text, part);
        return text.contains(part);
    }
}
