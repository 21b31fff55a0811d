package org.merpati.core.api.directory;

/** The answer to a login with a password. */
public sealed interface SignIn {
    record Accepted(Principal principal) implements SignIn {}

    /** Unknown login or wrong password: which of the two is nobody's business. */
    record Refused() implements SignIn {}
}
