package org.merpati.core.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;

/**
 * How much mail there may be and is: octets and emails, of an account and of all accounts of a domain together. An email in
 * several mailboxes counts once. The numbers are the counters that every change of mail keeps, so that all protocols say
 * the same and what is expunged counts no more at once.
 */
public interface Quotas {
    /** Empty: no limit. */
    record Limits(OptionalLong octets, OptionalLong emails) {
        public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());

        /** Whether that much stays within the limits. */
        public boolean allow(long usedOctets, long usedEmails) {
            return (octets.isEmpty() || usedOctets <= octets.getAsLong())
                    && (emails.isEmpty() || usedEmails <= emails.getAsLong());
        }
    }

    record Usage(long octets, long emails, Limits limits) {}

    /** Empty when there is no such account. */
    Optional<Usage> account(AccountId account);

    /** All accounts of the domain together; empty when there is no such domain. */
    Optional<Usage> domain(String name);

    /** Whether the account and its domain have room for one more message of that size; false too when there is no such account. */
    boolean room(AccountId account, long octets);

    /** False when there is no such account. A limit below what is used stops new mail and removes none. */
    boolean limitAccount(EmailAddress account, Limits limits);

    /** False when there is no such domain. */
    boolean limitDomain(String domain, Limits limits);
}
