package org.merpati.lib.expression;

import java.util.List;

/** What an expression works with. */
public sealed interface Value {
    Value EMPTY = new Text("");

    /** Whether it counts as true: not false, zero, an empty text or an empty list. */
    boolean holds();

    /** What it is, for messages. */
    String kind();

    record Text(String value) implements Value {
        @Override
        public boolean holds() {
            return !value.isEmpty();
        }

        @Override
        public String kind() {
            return "a text";
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record Whole(long value) implements Value {
        @Override
        public boolean holds() {
            return value != 0;
        }

        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A finite one. */
    record Decimal(double value) implements Value {
        public Decimal {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not a finite number");
            }
        }

        @Override
        public boolean holds() {
            return value != 0;
        }

        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    record Truth(boolean value) implements Value {
        @Override
        public boolean holds() {
            return value;
        }

        @Override
        public String kind() {
            return "true or false";
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public boolean holds() {
            return !values.isEmpty();
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    static Value of(String value) {
        return value.isEmpty() ? EMPTY : new Text(value);
    }

    static Value of(long value) {
        return new Whole(value);
    }

    static Value of(double value) {
        return new Decimal(value);
    }

    static Value of(boolean value) {
        return new Truth(value);
    }

    static Value texts(List<String> values) {
        return new Items(values.stream().map(Value::of).toList());
    }
}
