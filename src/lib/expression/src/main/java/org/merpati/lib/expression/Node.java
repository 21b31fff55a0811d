package org.merpati.lib.expression;

import com.google.re2j.Pattern;
import java.util.List;

/** The tree; {@code at} is the offset in the source that an error points to. */
sealed interface Node {
    int at();

    /** What hangs below it. */
    default List<Node> parts() {
        return List.of();
    }

    record Literal(int at, Value value) implements Node {}

    record Variable(int at, String name) implements Node {}

    record Capture(int at, int number) implements Node {}

    record ListOf(int at, List<Node> parts) implements Node {}

    record Not(int at, Node of) implements Node {
        @Override
        public List<Node> parts() {
            return List.of(of);
        }
    }

    record Negative(int at, Node of) implements Node {
        @Override
        public List<Node> parts() {
            return List.of(of);
        }
    }

    record Binary(int at, Operator operator, Node left, Node right) implements Node {
        @Override
        public List<Node> parts() {
            return List.of(left, right);
        }
    }

    record Choice(int at, Node condition, Node then, Node otherwise) implements Node {
        @Override
        public List<Node> parts() {
            return List.of(condition, then, otherwise);
        }
    }

    record Item(int at, Node list, Node index) implements Node {
        @Override
        public List<Node> parts() {
            return List.of(list, index);
        }
    }

    record Call(int at, PureFunction function, List<Node> parts) implements Node {}

    record Matches(int at, Pattern pattern, Node of) implements Node {
        @Override
        public List<Node> parts() {
            return List.of(of);
        }
    }
}
