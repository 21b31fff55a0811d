package org.merpati.core.api.door;

import java.util.function.Function;

/** How a {@link Unit} ended. A handler switches over it; the compiler sees to it that no case is forgotten. */
public sealed interface Outcome<T> {

    /** The unit returned, and what it wrote is committed. */
    record Done<T>(T value) implements Outcome<T> {}

    /**
     * The unit failed.
     *
     * @param kind what went wrong, by its root cause
     * @param id a short number that stands in the server's log beside the stack trace; safe to show to a client
     */
    record Failed<T>(FailureKind kind, String id) implements Outcome<T> {}

    /** The unit was not run: no instance was free in time, or the server is starting or stopping. */
    record Unavailable<T>() implements Outcome<T> {}

    /** The value of {@link Done}, or an unchecked {@link NotDone} that a handler's one catch turns into its reply. */
    default T orThrow() {
        return switch (this) {
            case Done<T>(var value) -> value;
            case Failed<T>(var kind, var id) -> throw new NotDone(kind, id);
            case Unavailable<T>() -> throw new NotDone(FailureKind.UNAVAILABLE, "");
        };
    }

    /** The same outcome with another value; {@code change} runs at once and only for {@link Done}. */
    default <R> Outcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(var value) -> new Done<>(change.apply(value));
            case Failed<T>(var kind, var id) -> new Failed<>(kind, id);
            case Unavailable<T>() -> new Unavailable<>();
        };
    }
}
