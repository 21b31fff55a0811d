package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.directory.Secret;
import org.merpati.core.api.directory.SignIn;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.MailboxId;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.api.watch.Change;
import org.merpati.core.store.Garbage.Cleared;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.core.store.directory.Passwords;
import org.merpati.lib.mime.StoredStructure;

/** A removed account is gone at once, and its mail part by part, whoever is stopped in between. */
abstract class RemovalContract extends CareFixture {
    private static final EmailAddress ANN = new EmailAddress("ann", "example.org");
    private static final EmailAddress ALIAS = new EmailAddress("anna", "example.org");
    private static final EmailAddress LIST = new EmailAddress("all", "example.org");
    private static final EmailAddress POSTMASTER = new EmailAddress("postmaster", "example.org");
    private static final PasswordHash HASH = new PasswordHash("x", "y", "z");

    @Test
    void nobodySignsInToAnAccountThatIsRemovedAndNothingComesToIt() {
        var secret = Secret.of("right");
        var hash = new Passwords().hash(secret);
        via(Accounts.class).setPassword(ANN, hash);
        var directory = runtime.get(PlatformHolder.class).platform().directory();
        assertThat(directory.signIn(door, "ann@example.org", secret).orThrow()).isInstanceOf(SignIn.Accepted.class);
        via(Addresses.class).addAlias(ALIAS, ANN);
        via(Addresses.class).addList(LIST, "");
        via(Addresses.class).addMember(LIST, ANN);
        mail(ann, inbox(ann), 3);

        remove();

        assertThat(directory.signIn(door, "ann@example.org", secret).orThrow()).isInstanceOf(SignIn.Refused.class);
        assertThat(via(Accounts.class).find(ANN)).isEmpty();
        assertThat(via(Accounts.class).find(ann)).isEmpty();
        assertThat(via(Accounts.class).password(ann)).isEmpty();
        assertThat(via(Accounts.class).list("", "", 10)).isEmpty();
        assertThat(via(Accounts.class).setPassword(ANN, HASH)).isFalse();
        for (var address : List.of(ANN, ALIAS, LIST, POSTMASTER)) {
            assertThat(via(Addresses.class).find(address)).as("%s", address).isInstanceOf(Recipient.Unknown.class);
        }
        assertThat(via(Addresses.class).members(LIST, "", 10)).isEmpty();
        assertThat(via(Accounts.class).remove(ANN)).isEqualTo(Accounts.Removal.NO_SUCH_ACCOUNT);
        assertThat(deliverTo(ann).gone()).containsExactly(ann);
    }

    /** Whoever is signed in already. */
    @Test
    void openSessionsFindTheMailboxesGoneAndCanChangeNothing() {
        var inbox = inbox(ann);
        mail(ann, inbox, 3);
        assertThat(via(Messages.class).index(ann, inbox)).isPresent();
        var told = new ArrayList<Boolean>();
        try (var watch = runtime.get(PlatformHolder.class).platform().watchers().watch(ann)) {
            watch.onChange(() -> told.add(true));
            remove();
            assertThat(watch.take().orElseThrow().kinds()).contains(Change.Kind.CREDENTIALS);
        }
        assertThat(told).hasSize(1);
        assertThat(via(Messages.class).index(ann, inbox)).isEmpty();
        var refused = Attempt.refused(Attempt.Refusal.NO_SUCH_ACCOUNT);
        assertThat(via(Messages.class).append(ann, inbox, emails(1))).isEqualTo(refused);
        assertThat(via(Messages.class).expunge(ann, inbox, Optional.empty())).isEqualTo(refused);
        assertThat(via(Mailboxes.class).create(ann, Mailboxes.Creation.named("new")))
                .isEqualTo(refused);
        assertThat(via(Uploads.class).add(ann, blob(), "x/y")).isEqualTo(refused);
        assertThat(via(Quotas.class).room(ann)).isNegative();
        assertThat(via(Quotas.class).account(ann)).isEmpty();
    }

    @Test
    void whoIsSignedInLearnsOfANewPassword() {
        try (var watch = runtime.get(PlatformHolder.class).platform().watchers().watch(ann)) {
            assertThat(via(Accounts.class).setPassword(ANN, HASH)).isTrue();
            assertThat(watch.take().orElseThrow().kinds()).containsExactly(Change.Kind.CREDENTIALS);
            deliverTo(ann);
            assertThat(watch.take().orElseThrow().kinds()).doesNotContain(Change.Kind.CREDENTIALS);
        }
    }

    @Test
    void theAddressIsFreeAtOnceAndItsNextOwnerLosesNothing() {
        mail(ann, inbox(ann), 3);
        remove();
        var next = account("ann@example.org");
        assertThat(next).isNotEqualTo(ann);
        mail(next, inbox(next), 2);
        assertThat(Collections.max(validities(ann))).isLessThanOrEqualTo(Collections.max(validities(next)));
        assertThat(clear(ann)).containsExactly(new Cleared(3, false));
        assertThat(via(Quotas.class).account(next).orElseThrow().emails()).isEqualTo(2);
        assertThat(via(Messages.class).index(next, inbox(next)).orElseThrow().size())
                .isEqualTo(2);
        wellAndNothingLeft(ann);
    }

    @Test
    void theDomainCountsItNoMoreAndCanGo() {
        mail(ann, inbox(ann), 3);
        via(Quotas.class).limitDomain("example.org", Quotas.Limits.NONE);
        remove();
        var domain = via(Domains.class).find("example.org").orElseThrow();
        assertThat(domain.accounts()).isZero();
        var usage = via(Quotas.class).domain("example.org").orElseThrow();
        assertThat(usage.emails()).isZero();
        assertThat(usage.octets()).isZero();
        assertThat(via(Domains.class).remove("example.org")).isEqualTo(Domains.Removal.REMOVED);
        assertThat(new Housekeeping(door, platform()).round().emails()).isEqualTo(3);
        wellAndNothingLeft(ann);
    }

    @Test
    void thePostmastersMailGoesToTheNextOldestAccount() {
        var bob = account("bob@example.org");
        remove();
        assertThat(via(Addresses.class).find(POSTMASTER)).isEqualTo(new Recipient.Local(bob, POSTMASTER));
    }

    @Test
    void itsMailGoesAThousandEmailsATransaction() {
        var inbox = inbox(ann);
        var archive = mailbox(ann, "Archive");
        mail(ann, inbox, 1_000);
        mail(ann, archive, 1_000);
        mail(ann, inbox, 500);
        copy(inbox, LongStream.rangeClosed(901, 1_100), archive);
        remove();
        var parts = clear(ann);
        assertThat(parts).extracting(Cleared::emails).containsExactly(1_000, 1_000, 500);
        assertThat(parts).extracting(Cleared::more).containsExactly(true, true, false);
        wellAndNothingLeft(ann);
    }

    /** All of its rows together would be too much. */
    @Test
    void emailsInManyMailboxesGoFewerAtOnce() {
        var inbox = inbox(ann);
        mail(ann, inbox, 1_000);
        for (int i = 0; i < 11; i++) {
            var name = "copies " + i;
            var target = via(Mailboxes.class)
                    .create(ann, Mailboxes.Creation.named(name))
                    .orThrow();
            copy(inbox, LongStream.rangeClosed(1, 1_000), target.id());
        }
        remove();
        assertThat(clear(ann)).extracting(Cleared::emails).containsExactly(833, 167);
        wellAndNothingLeft(ann);
    }

    @Test
    void whatElseBelongsToItGoesInPartsToo() {
        sql(
                "insert into expunged (mailbox_id, uid, account_id, modseq) select 1, r.x, " + ann.value()
                        + ", r.x from (" + series(2_500) + ") r",
                "insert into thread_key (account_id, key_hash, thread_id) select " + ann.value() + ", 0 - r.x, 1 from ("
                        + series(1_500) + ") r",
                "insert into orphaned_subscription (account_id, name) select " + ann.value() + ", 'box ' || r.x from ("
                        + series(1_001) + ") r",
                "insert into mailbox (id, account_id, name, role, uid_validity, uid_next, first_recent, messages, unseen,"
                        + " size, modseq, subscribed) select 100000 + r.x, " + ann.value()
                        + ", 'more ' || r.x, '', r.x, 1, 1, 0, 0, 0, 1, false from (" + series(1_200) + ") r");
        remove();
        assertThat(parts(ann, () -> {})).hasSize(1 + 3);
        wellAndNothingLeft(ann);
    }

    @Test
    void housekeepingGoesOnWhereItWasStopped() {
        mail(ann, inbox(ann), 1_000);
        mail(ann, inbox(ann), 1_000);
        var bob = account("bob@example.org");
        mail(bob, inbox(bob), 2);
        remove();
        via(Garbage.class).clear(ann);
        assertThat(number("select messages from account where id = " + ann.value()))
                .isEqualTo(1_000);
        assertThat(Recount.differences(runtime.get(DataSource.class))).isEmpty();
        assertThat(check(true, false).findings()).isEmpty();
        assertThat(check(false, false).summary().accounts()).isEqualTo(1);
        assertThat(check(false, false).summary().removedAccounts()).isEqualTo(1);

        var stopped = new Housekeeping(door, platform());
        stopped.stop();
        assertThat(stopped.round().emails()).isZero();
        var round = new Housekeeping(door, platform()).round();
        assertThat(round.emails()).isEqualTo(1_000);
        assertThat(round.accounts()).isEqualTo(1);
        assertThat(new Housekeeping(door, platform()).round().accounts()).isZero();
        assertThat(check(false, false).summary().removedAccounts()).isZero();
        assertThat(via(Quotas.class).account(bob).orElseThrow().emails()).isEqualTo(2);
        wellAndNothingLeft(ann);
    }

    @Test
    void oneThatCanNotBeClearedHoldsUpNothingElse() {
        var bob = account("bob@example.org");
        mail(ann, inbox(ann), 1);
        mail(bob, inbox(bob), 2);
        remove();
        via(Accounts.class).remove(new EmailAddress("bob", "example.org"));
        sql("update account set size = -9223372036854775807 where id = " + ann.value()); // no number is that much less
        var round = new Housekeeping(door, platform()).round();
        assertThat(round.accounts()).isEqualTo(1);
        assertThat(round.emails()).isEqualTo(2);
        assertThat(via(Garbage.class).removed()).containsExactly(ann);
        sql("update account set size = 0 where id = " + ann.value());
        assertThat(new Housekeeping(door, platform()).round().accounts()).isEqualTo(1);
        wellAndNothingLeft(ann);
    }

    @Test
    void anAccountThatIsThereIsNeverCleared() {
        mail(ann, inbox(ann), 2);
        assertThat(via(Garbage.class).clear(ann)).isEqualTo(new Cleared(0, false));
        assertThat(via(Garbage.class).removed()).isEmpty();
        assertThat(via(Quotas.class).account(ann).orElseThrow().emails()).isEqualTo(2);
    }

    /** A query of one column x that counts from 1. */
    abstract String series(int last);

    private void remove() {
        assertThat(via(Accounts.class).remove(ANN)).isEqualTo(Accounts.Removal.REMOVED);
    }

    /** After each part what there is agrees. */
    private List<Cleared> clear(AccountId account) {
        return parts(
                account,
                () -> assertThat(Recount.differences(runtime.get(DataSource.class)))
                        .isEmpty());
    }

    /** What each call took, until nothing is left. */
    private List<Cleared> parts(AccountId account, Runnable afterEach) {
        var parts = new ArrayList<Cleared>();
        do {
            parts.add(via(Garbage.class).clear(account));
            afterEach.run();
        } while (parts.getLast().more());
        return parts;
    }

    private void wellAndNothingLeft(AccountId account) {
        for (var table : List.of(
                "email",
                "mailbox",
                "mailbox_email",
                "expunged",
                "destroyed",
                "thread_key",
                "upload",
                "annotation",
                "sender_identity",
                "submission",
                "absence",
                "address",
                "orphaned_subscription")) {
            assertThat(number("select count(*) from " + table + " where account_id = " + account.value()))
                    .as(table)
                    .isZero();
        }
        assertThat(number("select count(*) from account where id = " + account.value()))
                .isZero();
        assertThat(check(false, true).findings()).isEmpty();
    }

    private Deliveries.Delivered deliverTo(AccountId account) {
        var message = new NewMessage(blob(), 10, "s", StoredStructure.NONE, "p");
        return via(Deliveries.class)
                .deliver(new Deliveries.Delivery(UUID.randomUUID(), message, List.of(account), now));
    }

    private MailboxId inbox(AccountId account) {
        return mailbox(account, "INBOX");
    }

    private MailboxId mailbox(AccountId account, String name) {
        return via(Mailboxes.class).find(account, name).orElseThrow().id();
    }

    private List<Long> validities(AccountId account) {
        return rows("select uid_validity from mailbox where account_id = " + account.value(), row -> row);
    }

    private void mail(AccountId account, MailboxId mailbox, int count) {
        via(Messages.class).append(account, mailbox, emails(count)).orThrow();
    }

    private void copy(MailboxId from, LongStream uids, MailboxId to) {
        var all = uids.mapToObj(Uid::new).toList();
        via(Messages.class).copy(ann, from, all, to).orThrow();
    }

    private List<NewEmail> emails(int count) {
        var message = new NewMessage(blob(), 10, "s", StoredStructure.NONE, "p");
        return Collections.nCopies(count, new NewEmail(message, now, Set.of(), false));
    }

    private Blob blob() {
        try {
            return segments.append(Content.of("octets".getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
