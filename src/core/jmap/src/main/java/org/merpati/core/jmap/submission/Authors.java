package org.merpati.core.jmap.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.Call;
import org.merpati.core.store.Identities.Identity;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.HeaderField;
import org.merpati.lib.mime.field.Address;

/** What a message's header says of who sends it to whom (RFC 8621 §7, §7.5). */
final class Authors {
    /** More authors than anybody has. */
    private static final int MOST = 100;

    private final Header header;

    Authors(Header header) {
        this.header = header;
    }

    /**
     * Every author is an address of the caller's. Who sends on what somebody else wrote says so in Resent-From (RFC 5322 §3.6.6),
     * and answers for that alone.
     *
     * @throws SetException {@code invalidEmail} or {@code forbiddenFrom}
     */
    void check(Call call) throws SetException {
        if (header.all("From").size() != 1) {
            throw invalid("from", "a message has one From field");
        }
        var resent = header.all("Resent-From");
        var authors = resent.isEmpty() ? mailboxes("From") : mailboxes("Resent-From");
        if (authors.isEmpty() || authors.size() > MOST) {
            throw invalid("from", "a message has an author");
        }
        for (var author : authors) {
            var address =
                    EmailAddress.parse(author).orElseThrow(() -> invalid("from", "\"" + author + "\" is no address"));
            if (!Senders.mayUse(call, address)) {
                throw new SetException(SetError.of("forbiddenFrom", "<" + author + "> is not an address of yours"));
            }
        }
    }

    /** The envelope that a client leaves to the server. */
    GivenEnvelope envelope(Identity identity) throws SetException {
        var property = header.all("Sender").isEmpty() ? "from" : "sender";
        var senders = mailboxes(property);
        if (header.all(property).size() != 1 || senders.size() != 1) {
            throw invalid(property, "who sends it is not one address");
        }
        var own = identity.email();
        boolean allowed = EmailAddress.parse(senders.getFirst()).equals(Optional.of(own));
        var recipients = new LinkedHashMap<Object, GivenEnvelope.Address>();
        for (var field : List.of("To", "Cc", "Bcc")) {
            for (var email : mailboxes(field)) {
                Object key = EmailAddress.parse(email)
                        .<Object>map(address -> address)
                        .orElse(email);
                recipients.putIfAbsent(key, GivenEnvelope.Address.of(email));
            }
        }
        return new GivenEnvelope(
                GivenEnvelope.Address.of(allowed ? senders.getFirst() : own.toString()),
                List.copyOf(recipients.values()));
    }

    /** Of all fields of that name; an entry without an address as it is named. */
    private List<String> mailboxes(String field) {
        var all = new ArrayList<String>();
        for (HeaderField one : header.all(field)) {
            Address.mailboxes(Address.parse(one.raw()))
                    .forEach(mailbox ->
                            all.add(mailbox.address().or(mailbox::name).orElse("")));
        }
        return all;
    }

    private static SetException invalid(String property, String why) {
        return new SetException(SetError.of("invalidEmail", why).with("properties", List.of(property)));
    }
}
