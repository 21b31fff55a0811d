package org.merpati.core.jmap.submission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.jmap.Call;
import org.merpati.core.store.Addresses;
import org.merpati.core.transport.Addressee;
import org.merpati.core.transport.Reception;
import org.merpati.lib.jmap.SetError;
import org.merpati.lib.jmap.SetException;
import org.merpati.lib.smtp.SmtpReply;
import org.merpati.lib.smtp.SmtpSyntaxException;
import org.merpati.lib.smtp.SmtpSyntaxException.Fault;
import org.merpati.lib.smtp.command.Rcpt;
import org.merpati.lib.smtp.path.ForwardPath;
import org.merpati.lib.smtp.path.MailDomain;
import org.merpati.lib.smtp.path.Mailbox;

/** The recipients of one submission. */
final class Addressees {
    private final Call call;
    private final Reception reception;
    private final long size;
    private final LinkedHashMap<EmailAddress, Addressee> taken = new LinkedHashMap<>();
    private final LinkedHashMap<String, SmtpReply> refused = new LinkedHashMap<>();
    private final Set<AccountId> accounts = new HashSet<>();

    /** @param size of the message, in octets */
    Addressees(Call call, Reception reception, long size) {
        this.call = call;
        this.reception = reception;
        this.size = size;
    }

    /**
     * Each address once, if all of them can get it.
     *
     * @throws SetException when there are none, too many, or some that can't get it
     */
    List<Addressee> find(List<GivenEnvelope.Address> recipients) throws SetException {
        int most = call.platform().config().get(Settings.SMTP_MAX_RECIPIENTS);
        if (recipients.isEmpty()) {
            throw new SetException(SetError.of("noRecipients", "nobody would get it"));
        }
        if (recipients.size() > most) {
            throw tooMany(most, "more recipients than one message may have");
        }
        var found = those(recipients);
        if (!refused.isEmpty()) {
            throw invalid();
        }
        if (accounts.size() > Addresses.MOST_ACCOUNTS) {
            throw tooMany(most, "they lead to more than " + Addresses.MOST_ACCOUNTS + " accounts");
        }
        return found;
    }

    /** Those who can get it; the others are {@link #refused}. */
    List<Addressee> those(List<GivenEnvelope.Address> recipients) throws SetException {
        for (var recipient : recipients) {
            add(recipient);
        }
        return new ArrayList<>(taken.values());
    }

    /** Why not, by the address as it was given. */
    Map<String, SmtpReply> refused() {
        return refused;
    }

    private void add(GivenEnvelope.Address recipient) throws SetException {
        Rcpt rcpt;
        try {
            rcpt = SmtpWords.rcpt(recipient);
        } catch (SmtpSyntaxException e) {
            if (e.fault() == Fault.ARGUMENT || e.fault() == Fault.PARAMETER) {
                throw GivenEnvelope.wrong(e.reply().toString());
            }
            refused.put(recipient.email(), e.reply());
            return;
        }
        var shown = SmtpReply.printable(recipient.email());
        switch (find(rcpt.to())) {
            case Recipient.Local ours -> take(ours, recipient, rcpt, shown);
            case Recipient.TooMany() ->
                refuse(recipient, 452, "4.5.3", "<" + shown + "> leads to more recipients than one message may have");
            case Recipient.Unknown() -> refuse(recipient, 550, "5.1.1", "No mailbox <" + shown + "> here");
            case Recipient.Elsewhere() ->
                refuse(
                        recipient,
                        550,
                        "5.4.4",
                        "<" + shown + "> is on another server, and sending mail there is not built yet");
        }
    }

    private void take(Recipient.Local ours, GivenEnvelope.Address recipient, Rcpt rcpt, String shown) {
        if (taken.containsKey(ours.address())) {
            return;
        }
        if (reception.room(call.door(), ours) < size) {
            refuse(recipient, 452, "4.2.2", "Mailbox <" + shown + "> is full, try again later");
            return;
        }
        accounts.addAll(ours.accounts());
        var dsn = new Addressee.Dsn(rcpt.wishes(), rcpt.original());
        taken.put(ours.address(), new Addressee(ours, rcpt.to().toString(), dsn));
    }

    private Recipient find(ForwardPath path) {
        return switch (path) {
            case ForwardPath.Postmaster() -> new Recipient.Unknown(); // JMAP's addresses have domains
            case ForwardPath.Recipient(Mailbox(var localPart, MailDomain.Name(var domain))) ->
                address(localPart, domain)
                        .map(address -> call.platform()
                                .directory()
                                .find(call.door(), address)
                                .orThrow())
                        .orElseGet(Recipient.Unknown::new);
            case ForwardPath.Recipient elsewhere -> new Recipient.Elsewhere();
        };
    }

    private static Optional<EmailAddress> address(String localPart, String domain) {
        try {
            return Optional.of(new EmailAddress(localPart, domain));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void refuse(GivenEnvelope.Address recipient, int code, String enhanced, String why) {
        refused.put(recipient.email(), SmtpReply.of(code, enhanced, SmtpReply.printable(why)));
    }

    private SetException invalid() {
        var why = String.join(
                "; ",
                refused.values().stream().limit(10).map(SmtpReply::toString).toList());
        return new SetException(SetError.of("invalidRecipients", why).with("invalidRecipients", refused.keySet()));
    }

    private static SetException tooMany(int most, String why) {
        return new SetException(SetError.of("tooManyRecipients", why).with("maxRecipients", most));
    }
}
