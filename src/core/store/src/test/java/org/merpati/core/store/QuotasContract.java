package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Attempt.Refusal;
import org.merpati.core.store.Quotas.Limits;
import org.merpati.core.store.Quotas.Usage;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** What there may be: of mail and of uploads. A subclass says on which database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QuotasContract {
    private static final long MOST_OCTETS = 512L << 20;

    private StoreUnderTest store;

    abstract EmbeddedRuntime open();

    @BeforeAll
    void start() {
        store = new StoreUnderTest(open());
    }

    @AfterEach
    void backToNow() {
        store.ahead.set(0);
    }

    @AfterAll
    void stop() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void usageIsOfTheAccountAndOfAllAccountsOfItsDomain() {
        store.via(Domains.class).add("usage.example");
        var ann = store.account("ann@usage.example");
        var bob = store.account("bob@usage.example");
        store.deliver(store.message("x", "a@x", List.of()), ann, bob);
        store.deliver(store.message("x", "b@x", List.of()), bob);
        var quotas = store.via(Quotas.class);
        assertThat(quotas.account(ann)).contains(new Usage(StoreUnderTest.SIZE, 1, Limits.NONE));
        assertThat(quotas.account(bob)).contains(new Usage(2L * StoreUnderTest.SIZE, 2, Limits.NONE));
        assertThat(quotas.domain("usage.example")).contains(new Usage(3L * StoreUnderTest.SIZE, 3, Limits.NONE));
        assertThat(quotas.account(new AccountId(-1))).isEmpty();
        assertThat(quotas.domain("nowhere.example")).isEmpty();
    }

    @Test
    void aDeliveryRepeatedCountsOnce() {
        var ann = store.account();
        var delivery = new Deliveries.Delivery(
                java.util.UUID.randomUUID(),
                store.message("x", "a@x", List.of()),
                List.of(ann),
                StoreUnderTest.RECEIVED);
        store.via(Deliveries.class).deliver(delivery);
        store.via(Deliveries.class).deliver(delivery);
        assertThat(store.via(Quotas.class).account(ann)).contains(new Usage(StoreUnderTest.SIZE, 1, Limits.NONE));
    }

    @Test
    void thereIsRoomUpToTheLimitsOfTheAccountAndOfItsDomain() {
        store.via(Domains.class).add("room.example");
        var ann = store.account("ann@room.example");
        var bob = store.account("bob@room.example");
        store.deliver(store.message("x", "a@x", List.of()), ann, bob);
        var quotas = store.via(Quotas.class);
        assertThat(quotas.room(ann)).isEqualTo(Long.MAX_VALUE);
        assertThat(quotas.room(new AccountId(-1))).isNegative();

        var octets = new Limits(OptionalLong.of(StoreUnderTest.SIZE + 10L), OptionalLong.empty());
        assertThat(quotas.limitAccount(address("ann@room.example"), octets)).isTrue();
        assertThat(quotas.account(ann).orElseThrow().limits()).isEqualTo(octets);
        assertThat(quotas.room(ann)).isEqualTo(10);
        assertThat(quotas.room(bob)).isEqualTo(Long.MAX_VALUE);

        var one = new Limits(OptionalLong.empty(), OptionalLong.of(1));
        assertThat(quotas.limitAccount(address("ann@room.example"), one)).isTrue();
        assertThat(quotas.room(ann)).isNegative();
        assertThat(quotas.limitAccount(address("ann@room.example"), Limits.NONE))
                .isTrue();
        assertThat(quotas.room(ann)).isEqualTo(Long.MAX_VALUE);

        assertThat(quotas.limitDomain("room.example", new Limits(OptionalLong.empty(), OptionalLong.of(3))))
                .isTrue();
        assertThat(quotas.room(ann)).isEqualTo(Long.MAX_VALUE);
        store.deliver(store.message("x", "b@x", List.of()), bob);
        assertThat(quotas.room(ann)).isNegative();
        assertThat(quotas.limitDomain("room.example", Limits.NONE)).isTrue();
        assertThat(quotas.room(ann)).isEqualTo(Long.MAX_VALUE);

        assertThat(quotas.limitAccount(address("nobody@room.example"), one)).isFalse();
        assertThat(quotas.limitDomain("nowhere.example", one)).isFalse();
    }

    /** RFC 8508 §3.4. */
    @Test
    void aReplacementNeedsRoomForWhatItIsMore() {
        store.via(Domains.class).add("replace.example");
        var ann = store.account("ann@replace.example");
        store.deliver(store.message("x", "a@x", List.of()), ann);
        var limits = new Limits(OptionalLong.of(StoreUnderTest.SIZE), OptionalLong.of(1));
        store.via(Quotas.class).limitAccount(address("ann@replace.example"), limits);
        var messages = store.via(Messages.class);
        var inbox = store.inbox(ann).id();
        var full = Attempt.refused(Attempt.Refusal.OVER_QUOTA);
        var mail = new NewEmail(store.message("y", "b@x", List.of()), StoreUnderTest.RECEIVED, Set.of(), false);
        assertThat(messages.append(ann, inbox, List.of(mail))).isEqualTo(full);
        assertThat(messages.replace(ann, inbox, new Uid(1), inbox, mail)).isInstanceOf(Attempt.Made.class);
        assertThat(store.via(Quotas.class).account(ann)).contains(new Usage(StoreUnderTest.SIZE, 1, limits));
        var archive =
                store.via(Mailboxes.class).find(ann, "Archive").orElseThrow().id();
        messages.copy(ann, inbox, List.of(new Uid(2)), archive).orThrow();
        assertThat(messages.replace(ann, inbox, new Uid(2), inbox, mail)).isEqualTo(full);
    }

    @Test
    void anUploadIsItsOwnersUntilItExpires() {
        store.ahead.set(0);
        var ann = store.account();
        var bob = store.account();
        var uploads = store.via(Uploads.class);
        var state = store.via(Emails.class).state(ann);
        var upload = uploads.add(ann, blob("a1", 100), "image/png").orThrow();
        assertThat(upload.type()).isEqualTo("image/png");
        assertThat(uploads.find(ann, upload.id())).contains(upload);
        assertThat(uploads.find(bob, upload.id())).isEmpty();
        assertThat(store.via(Emails.class).state(ann)).isEqualTo(state);

        store.ahead.set(Duration.ofHours(23).toMillis());
        assertThat(uploads.find(ann, upload.id())).contains(upload);
        uploads.expire();
        assertThat(uploads.find(ann, upload.id())).contains(upload);
        store.ahead.set(Duration.ofHours(25).toMillis());
        assertThat(uploads.find(ann, upload.id())).isEmpty();
        assertThat(uploads.expire()).isPositive();
        assertThat(uploads.expire()).isZero();
        store.ahead.set(0);
        assertThat(uploads.find(ann, upload.id())).isEmpty();
    }

    @Test
    void uploadsAreKeptAsLongAsTheSettingSaysAndSoManyAsItSays() {
        store.ahead.set(0);
        var ann = store.account();
        var uploads = store.via(Uploads.class);
        store.settings(Map.of("jmap.upload-keep", "2h", "jmap.upload-files", "2", "jmap.upload-size", "60MB"));
        var first = uploads.add(ann, blob("d1", 59L << 20), "x/y").orThrow();
        var second = uploads.add(ann, blob("d2", 1), "x/y").orThrow();
        store.ahead.set(Duration.ofMinutes(119).toMillis());
        assertThat(uploads.find(ann, first.id())).isPresent();
        uploads.add(ann, blob("d3", 1), "x/y").orThrow();
        assertThat(uploads.find(ann, first.id())).isEmpty();
        assertThat(uploads.find(ann, second.id())).isPresent();
        store.ahead.set(Duration.ofMinutes(121).toMillis());
        assertThat(uploads.find(ann, second.id())).isEmpty();
        store.ahead.set(0);
        store.settings(Map.of());
    }

    /** RFC 8620 §6: those that came first make room. */
    @Test
    void anAccountMayHaveSoMuchWaitingAndNoMore() {
        var ann = store.account();
        var uploads = store.via(Uploads.class);
        var first = uploads.add(ann, blob("b1", MOST_OCTETS - 2), "x/y").orThrow();
        var second = uploads.add(ann, blob("b2", 1), "x/y").orThrow();
        assertThat(uploads.find(ann, first.id())).isPresent();
        var third = uploads.add(ann, blob("b3", 5), "x/y").orThrow();
        assertThat(uploads.find(ann, first.id())).isEmpty();
        assertThat(uploads.find(ann, second.id())).isPresent();
        assertThat(uploads.find(ann, third.id())).isPresent();
        assertThat(uploads.add(ann, blob("b4", MOST_OCTETS + 1), "x/y")).isEqualTo(Attempt.refused(Refusal.OVER_QUOTA));
        assertThat(uploads.add(new AccountId(-1), blob("b2", 1), "x/y"))
                .isEqualTo(Attempt.refused(Refusal.NO_SUCH_ACCOUNT));
    }

    @Test
    void theSameOctetsAreOneBlobWhoseRowIsStampedAnewWhenItIsOld() throws SQLException {
        var ann = store.account();
        var uploads = store.via(Uploads.class);
        var first = uploads.add(ann, new Blob(new BlobRef(1, 10, 7), "c1".repeat(32)), "x/y")
                .orThrow();
        store.ahead.set(Duration.ofHours(3).toMillis());
        var again = uploads.add(ann, new Blob(new BlobRef(1, 999, 7), "c1".repeat(32)), "x/z")
                .orThrow();
        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(again.blob()).isEqualTo(first.blob());
        long stamp = number("select max(stored) from blob where sha256 = '" + "c1".repeat(32) + "'");
        assertThat(stamp)
                .isGreaterThan(System.currentTimeMillis() + Duration.ofHours(2).toMillis());
        assertThat(number("select count(*) from blob where sha256 = '" + "c1".repeat(32) + "'"))
                .isEqualTo(1);
        // another size under the same hash is something else
        var other = uploads.add(ann, new Blob(new BlobRef(1, 50, 8), "c1".repeat(32)), "x/y")
                .orThrow();
        assertThat(other.blob()).isNotEqualTo(first.blob());
    }

    @Test
    void anAccountThatIsRemovedTakesUploadsAndThreadsAlong() throws SQLException {
        store.via(Domains.class).add("gone.example");
        var ann = store.account("ann@gone.example");
        store.deliver(store.message("x", "a@x", List.of("r@x")), ann);
        store.deliver(store.message("x", "b@x", List.of()), ann);
        store.deliver(store.message("x", "c@x", List.of("r@x", "b@x")), ann);
        store.via(Uploads.class).add(ann, blob("d1", 1), "x/y");
        assertThat(number("select count(*) from destroyed where account_id = " + ann.value()))
                .isEqualTo(1);
        assertThat(store.via(Accounts.class).remove(address("ann@gone.example")))
                .isEqualTo(Accounts.Removal.REMOVED);
        store.clear(ann);
        for (var table : List.of("destroyed", "thread_key", "upload", "email", "mailbox")) {
            assertThat(number("select count(*) from " + table + " where account_id = " + ann.value()))
                    .as(table)
                    .isZero();
        }
    }

    private static Blob blob(String hash, long size) {
        return new Blob(new BlobRef(9, size, size), hash.repeat(32));
    }

    private static EmailAddress address(String text) {
        return Optional.of(text).flatMap(EmailAddress::parse).orElseThrow();
    }

    private long number(String query) throws SQLException {
        try (var connection = store.runtime.get(DataSource.class).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
