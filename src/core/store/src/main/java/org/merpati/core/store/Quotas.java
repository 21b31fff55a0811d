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

    record Usage(long octets, long emails, Limits limits) {
        /** The octets of the largest message that there is room for; {@code Long.MAX_VALUE}: any; less than 0: none. */
        public long room() {
            if (!limits.allow(0, emails + 1)) {
                return -1;
            }
            return limits.octets().isPresent() ? limits.octets().getAsLong() - octets : Long.MAX_VALUE;
        }

        /**
         * An account's usage as its owner is shown it: where the domain leaves less room than the account's own limit, that is
         * the limit. What others of the domain use is not told.
         */
        public Usage within(Usage domain) {
            return new Usage(
                    octets,
                    emails,
                    new Limits(
                            narrowed(limits.octets(), octets, domain.limits().octets(), domain.octets()),
                            narrowed(limits.emails(), emails, domain.limits().emails(), domain.emails())));
        }

        private static OptionalLong narrowed(OptionalLong own, long used, OptionalLong shared, long usedByAll) {
            if (shared.isEmpty()) {
                return own;
            }
            long left = used + Math.max(0, shared.getAsLong() - usedByAll);
            return OptionalLong.of(Math.min(left, own.orElse(Long.MAX_VALUE)));
        }
    }

    /** Empty when there is no such account. */
    Optional<Usage> account(AccountId account);

    /** All accounts of the domain together; empty when there is no such domain. */
    Optional<Usage> domain(String name);

    /**
     * The octets of the largest message that the account and its domain have room for now; less than 0 when there is none, or
     * no such account.
     */
    long room(AccountId account);

    /** False when there is no such account. A limit below what is used stops new mail and removes none. */
    boolean limitAccount(EmailAddress account, Limits limits);

    /** False when there is no such domain. */
    boolean limitDomain(String domain, Limits limits);
}
