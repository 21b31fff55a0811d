package org.merpati.core.jmap;

import java.util.Optional;
import java.util.OptionalLong;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;
import org.merpati.lib.jmap.MethodError;
import org.merpati.lib.jmap.MethodException;

/** What a method knows beside its arguments: who calls, and the way to the store. */
public record Call(Principal caller, Door door) {
    /** The account of that id, if it is the caller's (RFC 8620 §3.6.2). */
    public AccountId account(String id) throws MethodException {
        return account(caller, id).orElseThrow(() -> new MethodException(new MethodError.AccountNotFound()));
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
