package org.merpati.core.jmap;

import java.util.Optional;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/**
 * The condition {@code ifInState} (RFC 8620 §5.3). What is written through {@link #call} is written only while the condition
 * holds, however many change the account at once.
 */
public final class IfInState {
    private final String oldState;
    private final Call call;
    private final Optional<HeldDoor> held;

    private IfInState(String oldState, Call call, Optional<HeldDoor> held) {
        this.oldState = oldState;
        this.call = call;
        this.held = held;
    }

    /** For methods that change the mail of one account. */
    public interface State {
        /** Inside the door. */
        String of(Services services, AccountId account);
    }

    /** @throws MethodException when the type is in another state */
    public static IfInState of(Optional<String> wanted, AccountId account, State type, Call call)
            throws MethodException {
        return of(wanted, account, type, call, true);
    }

    /** @param hold false where the writes change other accounts as well, which can't be held: then one look has to do */
    static IfInState of(Optional<String> wanted, AccountId account, State type, Call call, boolean hold)
            throws MethodException {
        var state = call.door().call(services -> type.of(services, account)).orThrow();
        if (wanted.isPresent() && !wanted.get().equals(state)) {
            throw mismatch("the state is " + state);
        }
        if (wanted.isEmpty() || !hold) {
            return new IfInState(state, call, Optional.empty());
        }
        var door = new HeldDoor(call.door(), account, type, state);
        return new IfInState(state, call.through(door), Optional.of(door));
    }

    public String oldState() {
        return oldState;
    }

    /** The call to write through. */
    public Call call() {
        return call;
    }

    /**
     * What a method is answered with that the store has stopped.
     *
     * @param anyDone whether something was changed before
     * @throws NotDone the failure itself, when nothing was
     */
    public MethodException stopped(NotDone failure, boolean anyDone) {
        boolean late = held.map(HeldDoor::late).orElse(false);
        if (anyDone) {
            return new MethodException(new MethodError.ServerPartialFail(
                    late
                            ? "somebody else changed the account before all was done"
                            : "the store failed before all was done"));
        }
        if (late) {
            return mismatch("the state has changed");
        }
        throw failure;
    }

    private static MethodException mismatch(String description) {
        return new MethodException(new MethodError.StateMismatch(description));
    }
}
