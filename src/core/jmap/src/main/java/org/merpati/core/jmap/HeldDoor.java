package org.merpati.core.jmap;

import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Accounts;

/**
 * A door whose units run only while the account is in one state: at first the one that the client has seen, later the one that
 * its last unit left behind. Each unit is one transaction, which holds the account while it looks at the state and changes it.
 * For one thread.
 */
final class HeldDoor implements Door {
    private sealed interface Step<T> {
        record Ran<T>(T value, String state) implements Step<T> {}

        /** Somebody else was faster, and nothing was run. */
        record Late<T>() implements Step<T> {}
    }

    private final Door door;
    private final AccountId account;
    private final IfInState.State type;
    private String state;
    private boolean late;

    HeldDoor(Door door, AccountId account, IfInState.State type, String state) {
        this.door = door;
        this.account = account;
        this.type = type;
        this.state = state;
    }

    /** Whether a unit failed because the account was in another state; every further one fails too. */
    boolean late() {
        return late;
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        if (late) {
            return notRun();
        }
        Outcome<Step<T>> outcome =
                door.call(services -> services.get(Accounts.class).hold(account, () -> step(unit, services)));
        return switch (outcome) {
            case Outcome.Done<Step<T>>(Step.Ran<T>(var value, var after)) -> {
                state = after;
                yield new Outcome.Done<>(value);
            }
            case Outcome.Done<Step<T>>(Step.Late<T>()) -> {
                late = true;
                yield notRun();
            }
            case Outcome.Failed<Step<T>>(var kind, var id) -> new Outcome.Failed<>(kind, id);
            case Outcome.Unavailable<Step<T>>() -> new Outcome.Unavailable<>();
        };
    }

    private <T> Step<T> step(Unit<T> unit, Services services) {
        if (!type.of(services, account).equals(state)) {
            return new Step.Late<>();
        }
        var value = unit.run(services);
        return new Step.Ran<>(value, type.of(services, account));
    }

    private static <T> Outcome<T> notRun() {
        return new Outcome.Failed<>(FailureKind.ROLLED_BACK, "");
    }
}
