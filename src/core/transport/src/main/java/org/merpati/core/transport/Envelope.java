package org.merpati.core.transport;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.merpati.core.api.directory.Principal;

/**
 * Who sent a message how, and for whom.
 *
 * @param reversePath the MAIL FROM address without angle brackets; empty for the null sender
 * @param addressees each address that was named, once; two of them may lead to the same account
 * @param submitter who is signed in and hands over a message of their own; empty: another server does, by SMTP or LMTP
 * @param report what a report is to hold, whoever gets one
 * @param delivery the id of its delivery, by which a repeat is known to be one; empty: it is new
 */
public record Envelope(
        String reversePath,
        List<Addressee> addressees,
        Client client,
        Optional<Principal.User> submitter,
        Report report,
        Demands demands,
        Optional<UUID> delivery) {
    public Envelope {
        addressees = List.copyOf(addressees);
    }

    public Envelope(
            String reversePath,
            List<Addressee> addressees,
            Client client,
            Optional<Principal.User> submitter,
            Report report,
            Demands demands) {
        this(reversePath, addressees, client, submitter, report, demands, Optional.empty());
    }

    /** The same as a delivery that may have been made before. */
    public Envelope as(UUID id) {
        return new Envelope(reversePath, addressees, client, submitter, report, demands, Optional.of(id));
    }

    /** A message from elsewhere that asks for nothing in particular. */
    public Envelope(String reversePath, List<Addressee> addressees, Client client) {
        this(reversePath, addressees, client, Optional.empty(), Report.USUAL, Demands.NONE);
    }

    /** The same message for one of its addressees. */
    Envelope only(Addressee addressee) {
        return new Envelope(reversePath, List.of(addressee), client, submitter, report, demands, delivery);
    }
}
