package org.merpati.core.api.mail;

/** The number of an identity of one account (RFC 8621 §6); 0 is the one that every account has. Never reused in the account. */
public record IdentityId(long value) {
    public static final IdentityId OWN = new IdentityId(0);
}
