package org.merpati.core.transport;

import java.util.List;
import java.util.Optional;
import org.merpati.core.api.directory.Principal;

/**
 * Who sent a message how, and for whom.
 *
 * @param reversePath the MAIL FROM address without angle brackets; empty for the null sender
 * @param addressees each address that was named, once; two of them may lead to the same account
 * @param submitter who is signed in and hands over a message of their own; empty: another server does, by SMTP or LMTP
 * @param report what a report is to hold, whoever gets one
 */
public record Envelope(
        String reversePath,
        List<Addressee> addressees,
        Client client,
        Optional<Principal.User> submitter,
        Report report,
        Demands demands) {
    public Envelope {
        addressees = List.copyOf(addressees);
    }

    /** A message from elsewhere that asks for nothing in particular. */
    public Envelope(String reversePath, List<Addressee> addressees, Client client) {
        this(reversePath, addressees, client, Optional.empty(), Report.USUAL, Demands.NONE);
    }

    /** The same message for one of its addressees. */
    Envelope only(Addressee addressee) {
        return new Envelope(reversePath, List.of(addressee), client, submitter, report, demands);
    }
}
