package org.merpati.check.powercut;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Accounts;
import org.merpati.core.store.Domains;
import org.merpati.core.store.Mailboxes;
import org.merpati.core.store.Messages;
import org.merpati.core.store.NewEmail;
import org.merpati.core.store.NewMessage;
import org.merpati.core.store.directory.PasswordHash;
import org.merpati.lib.mime.StoredStructure;

/** An account with much mail is removed, and the power goes meanwhile. */
class RemovalCutTest {
    private static final EmailAddress ANN = new EmailAddress("ann", "example.org");
    private static final EmailAddress BOB = new EmailAddress("bob", "example.org");
    private static final int MAIL = 2 * Messages.BULK + 100;
    private static final Duration RETENTION = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private Path live;
    private AccountId ann;

    @BeforeEach
    void twoAccounts() throws IOException {
        live = folder.resolve("live");
        try (var home = Home.open(live, Disk.real(), RETENTION)) {
            home.call(services -> services.get(Domains.class).add("example.org"));
            ann = account(home, ANN);
            var blob = home.blobs().append(Content.of("octets".getBytes(StandardCharsets.US_ASCII)));
            var message = new NewMessage(blob, 6, "s", StoredStructure.NONE, "");
            mail(home, ann, message, MAIL);
            mail(home, account(home, BOB), message, 10);
        }
    }

    @Test
    @Timeout(300)
    void whereverItIsCutOffTheAccountIsThereOrGoneAndItsMailGoesLater() throws Exception {
        var disk = new CuttingDisk(new CutDisk(live, folder.resolve("certain"), 7), folder, 1, file -> false);
        int answered;
        try (var home = Home.open(live, disk, RETENTION)) {
            disk.cut(true);
            var removal = home.call(services -> services.get(Accounts.class).remove(ANN));
            assertThat(removal).isEqualTo(Accounts.Removal.REMOVED);
            answered = disk.images().size();
            assertThat(home.housekeeping().round().emails()).isEqualTo(MAIL);
            disk.cut(false);
        }
        int between = 0;
        var images = disk.images();
        for (int i = 0; i < images.size(); i++) {
            between += finish(images.get(i), i >= answered) ? 1 : 0;
        }
        assertThat(between)
                .as("cuts of " + images.size() + " with a part of the mail")
                .isGreaterThan(3);
    }

    /** True when a part of the mail was gone. */
    private boolean finish(Path image, boolean answered) throws Exception {
        var name = image.getFileName().toString();
        try (var home = Home.open(image, Disk.real(), RETENTION)) {
            boolean there = home.call(services -> services.get(Accounts.class).find(ANN))
                    .isPresent();
            assertThat(answered && there).as("%s lost the removal", name).isFalse();
            long left = number(home, "select count(*) from email where account_id = " + ann.value());
            assertThat(left % Messages.BULK == MAIL % Messages.BULK || left == 0)
                    .as("%s has %s of the emails", name, left)
                    .isTrue();
            assertThat(!there || left == MAIL).as(name).isTrue();
            assertThat(home.check()).as(name).isEmpty();
            if (there) {
                home.call(services -> services.get(Accounts.class).remove(ANN));
            }
            home.housekeeping().round();
            for (var table : List.of("email", "mailbox", "mailbox_email", "thread_key", "address")) {
                assertThat(number(home, "select count(*) from " + table + " where account_id = " + ann.value()))
                        .as("%s: %s", name, table)
                        .isZero();
            }
            assertThat(number(home, "select count(*) from account")).as(name).isEqualTo(1);
            assertThat(number(home, "select count(*) from mailbox_email"))
                    .as(name)
                    .isEqualTo(10);
            assertThat(home.check()).as(name).isEmpty();
            return !there && left > 0 && left < MAIL;
        }
    }

    private static AccountId account(Home home, EmailAddress address) {
        var hash = new PasswordHash("$none", "none", "none");
        var added = home.call(services -> services.get(Accounts.class).add(address, "", hash));
        return ((Accounts.Addition.Added) added).account().id();
    }

    private static void mail(Home home, AccountId account, NewMessage message, int count) {
        var inbox = home.call(services -> services.get(Mailboxes.class).find(account, "INBOX"))
                .orElseThrow()
                .id();
        for (int left = count; left > 0; left -= Messages.BULK) {
            var part = Collections.nCopies(
                    Math.min(left, Messages.BULK), new NewEmail(message, Instant.EPOCH, Set.of(), false));
            home.call(services -> services.get(Messages.class).append(account, inbox, part))
                    .orThrow();
        }
    }

    private static long number(Home home, String query) throws SQLException {
        try (var connection = home.database().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
