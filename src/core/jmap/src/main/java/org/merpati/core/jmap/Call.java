package org.merpati.core.jmap;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.merpati.core.api.Platform;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/**
 * What a method knows beside its arguments: who calls, the way to the store, and what the request has created so far.
 *
 * @param using the capabilities of the request
 */
public record Call(Principal caller, Door door, Platform platform, CreatedIds created, Set<String> using) {
    public Call {
        using = Set.copyOf(using);
    }

    /** The account of that id, if it is the caller's (RFC 8620 §3.6.2). */
    public AccountId account(String id) throws MethodException {
        return account(caller, id).orElseThrow(() -> new MethodException(new MethodError.AccountNotFound()));
    }

    /** That of {@code fromAccountId} (RFC 8620 §5.4). */
    public AccountId fromAccount(String id) throws MethodException {
        return account(caller, id).orElseThrow(() -> new MethodException(new MethodError.FromAccountNotFound()));
    }

    /** The number of an id, or of what was created under {@code #} and a creation id; empty when it can be none of the kind. */
    public OptionalLong number(IdKind kind, String id) {
        return created.resolve(id).map(kind::parse).orElseGet(OptionalLong::empty);
    }

    /** The same call with another way to the store. */
    Call through(Door other) {
        return new Call(caller, other, platform, created, using);
    }

    static Optional<AccountId> account(Principal caller, String id) {
        OptionalLong number = IdKind.ACCOUNT.parse(id);
        return caller instanceof Principal.User user
                        && number.isPresent()
                        && user.account().value() == number.getAsLong()
                ? Optional.of(user.account())
                : Optional.empty();
    }
}
