package org.merpati.check.powercut;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Deliveries;
import org.merpati.core.store.KeywordPatch;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.Messages.FlagChange;
import org.merpati.core.store.NewMessage;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

/** Does a model's operations on its account, one after the other, and says when each begins and is answered. */
final class Worker {
    /** Hears of each operation, by its number. */
    interface Ledger {
        void begun(int number);

        void answered(int number);
    }

    private static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

    private final Home home;
    private final AccountId account;
    private final long seed;
    private final Model model;
    private final Map<String, MailboxId> mailboxes = new HashMap<>();

    Worker(Home home, AccountId account, long seed, Model model) {
        this.home = home;
        this.account = account;
        this.seed = seed;
        this.model = model;
        for (var mailbox : home.call(services -> services.get(Mailboxes.class).list(account))) {
            mailboxes.put(mailbox.name(), mailbox.id());
        }
    }

    void step(Ledger ledger) throws IOException {
        var operation = model.next();
        ledger.begun(operation.number());
        run(operation);
        ledger.answered(operation.number());
        model.apply(operation);
    }

    private void run(Model.Operation operation) throws IOException {
        if (operation.kind() == Model.Kind.DELIVER) {
            deliver(operation);
            return;
        }
        var first = operation.messages().get(0);
        var name = Objects.requireNonNull(model.held().get(first)).mailbox();
        var mailbox = mailbox(name);
        var chosen = uids(mailbox, operation.messages());
        switch (operation.kind()) {
            case FLAG -> flags(mailbox, chosen, KeywordPatch.adding(Set.of(Keyword.FLAGGED)), Optional.empty());
            case UNFLAG -> flags(mailbox, chosen, KeywordPatch.removing(Set.of(Keyword.FLAGGED)), Optional.empty());
            case MOVE -> {
                var target = mailbox(name.equals("INBOX") ? "Archive" : "INBOX");
                home.call(services -> services.get(Messages.class).move(account, mailbox, chosen, target))
                        .orThrow();
            }
            case MARK -> flags(mailbox, chosen, KeywordPatch.NONE, Optional.of(true));
            case EXPUNGE -> {
                home.call(services -> services.get(Messages.class).expunge(account, mailbox, Optional.of(chosen)))
                        .orThrow();
            }
            case DELIVER -> throw new IllegalStateException("done above");
        }
    }

    private MailboxId mailbox(String name) {
        return Objects.requireNonNull(mailboxes.get(name));
    }

    private void flags(MailboxId mailbox, List<Uid> chosen, KeywordPatch patch, Optional<Boolean> deleted) {
        home.call(services -> services.get(Messages.class)
                        .store(account, mailbox, chosen, new FlagChange(patch, deleted), Optional.empty()))
                .orThrow();
    }

    private void deliver(Model.Operation operation) throws IOException {
        var bytes = Model.message(seed, operation);
        var blob = home.blobs().append(Content.of(bytes));
        var message = new NewMessage(
                blob,
                new String(bytes, StandardCharsets.US_ASCII).indexOf("\r\n\r\n") + 4,
                "number " + operation.number(),
                StoredStructure.of(Message.parse(bytes).root(), 64_000),
                "preview");
        var delivery = new Deliveries.Delivery(UUID.randomUUID(), message, List.of(account), RECEIVED);
        home.call(services -> services.get(Deliveries.class).deliver(delivery));
    }

    /** The uids of these messages, ascending: by their subjects, which hold their numbers. */
    private List<Uid> uids(MailboxId mailbox, List<Integer> numbers) {
        var wanted = numbers.stream().map(number -> "number " + number).collect(Collectors.toSet());
        var uids = new ArrayList<Uid>();
        try (var connection = home.database().getConnection();
                var select = connection.prepareStatement("select e.subject, m.uid from mailbox_email m"
                        + " join email e on e.id = m.email_id where m.mailbox_id = ? order by m.uid")) {
            select.setLong(1, mailbox.value());
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    if (wanted.contains(rows.getString(1))) {
                        uids.add(new Uid(rows.getLong(2)));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (uids.size() != numbers.size()) {
            throw new IllegalStateException("of messages " + numbers + " only " + uids.size() + " are in the mailbox");
        }
        return uids;
    }
}
