package org.merpati.core.api.stage;

/** What may be said of an address: any {@link Verdict}, or that another address takes its place. */
public sealed interface AddressVerdict permits Verdict, AddressVerdict.Replace {
    /**
     * Another sender or recipient.
     *
     * @param address without angle brackets; empty, for a sender only, is the null sender
     */
    record Replace(String address) implements AddressVerdict {
        public Replace {
            if (address.length() > 320
                    || address.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '<' || c == '>')) {
                throw new IllegalArgumentException("no address: too long, or characters that none has");
            }
        }
    }

    /** Instead of the sender or recipient, this one. */
    static AddressVerdict replace(String address) {
        return new Replace(address);
    }
}
