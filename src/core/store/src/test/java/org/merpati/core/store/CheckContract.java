package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.mail.Keyword;
import org.merpati.core.api.mail.Uid;
import org.merpati.core.store.Checks.Finding;
import org.merpati.core.store.Checks.Kind;
import org.merpati.core.store.index.MailboxIndex;

/** Each invariant is broken behind the store's back, found, repaired, and gone. */
abstract class CheckContract extends CareFixture {
    private Blob first;

    @BeforeEach
    void mail() {
        first = deliver(ann, "one");
        deliver(ann, "two");
        deliver(ann, "three");
        var inbox = call(services -> services.get(Mailboxes.class).find(ann, "INBOX"))
                .orElseThrow();
        call(services -> services.get(Messages.class)
                .store(
                        ann,
                        inbox.id(),
                        List.of(new Uid(1)),
                        Messages.FlagChange.adding(Keyword.SEEN),
                        java.util.Optional.empty()));
    }

    @Test
    void aStoreThatIsWellHasNoFindings() {
        var checked = check(false, true);
        assertThat(checked.findings()).isEmpty();
        assertThat(checked.summary()).hasToString("1 accounts, 3 messages, 3 blobs checked: 0 findings, 0 repaired");
        assertThat(checked.summary().clean()).isTrue();
    }

    @Test
    void anAccountThatIsWellIsNotTouchedByARepair() {
        long before = number("select modseq from account");
        assertThat(check(true, false).findings()).isEmpty();
        assertThat(number("select modseq from account")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MAILBOX_COUNTER | update mailbox set messages = 7 where name = 'INBOX'            | messages of INBOX  | 3  | 7
                    MAILBOX_COUNTER | update mailbox set unseen = 3 where name = 'INBOX'              | unseen of INBOX    | 2  | 3
                    MAILBOX_COUNTER | update mailbox set deleted = 1 where name = 'INBOX'             | deleted of INBOX   | 0  | 1
                    MAILBOX_COUNTER | update mailbox set size = 0 where name = 'INBOX'                | size of INBOX      | 11 | 0
                    MAILBOX_COUNTER | update mailbox set size = 5 where name = 'Trash'                | size of Trash      | 0  | 5
                    ACCOUNT_COUNTER | update account set messages = 2                                 | messages           | 3  | 2
                    ACCOUNT_COUNTER | update account set size = 12                                    | size               | 11 | 12
                    UID_NEXT        | update mailbox set uid_next = 3 where name = 'INBOX'            | uid_next of INBOX  | more than 3 | 3
                    NO_INBOX        | delete from mailbox where name = 'INBOX'                        | INBOX              | there | not there
                    KEYWORDS        | update email set keywords = '$seen  $a' where keywords = '$seen' | keywords of email %email | $a $seen | $seen  $a
                    KEYWORDS        | update email set keywords = '$Seen (' where keywords = '$seen'  | keywords of email %email | $seen | $Seen (
                    SIZE            | update email set size = 4 where keywords = '$seen'              | size of email %email | 3 | 4""")
    void whatIsWrongIsFoundAndRepaired(Kind kind, String damage, String what, String expected, String found) {
        var email = Long.toString(number("select id from email where keywords = '$seen'"));
        sql(damage);
        var wanted = new Finding(kind, "ann@example.org", what.replace("%email", email), expected, found, false);
        assertThat(check(false, false).findings()).contains(wanted);
        var repaired = check(true, false);
        assertThat(repaired.findings())
                .contains(new Finding(kind, wanted.account(), wanted.what(), expected, found, true))
                .allMatch(Finding::repaired);
        assertThat(repaired.summary().clean()).isTrue();
        assertThat(check(false, true).findings()).isEmpty();
    }

    @Test
    void whatARepairChangesIsNewToEveryClient() {
        long before = number("select modseq from account");
        sql("update email set keywords = '$Seen' where keywords = '$seen'");
        check(true, false);
        assertThat(number("select max(modseq) from mailbox_email")).isGreaterThan(before);
        assertThat(number("select modseq from mailbox where name = 'INBOX'")).isGreaterThan(before);
    }

    @Test
    void modSeqsFromTheFutureRaiseTheirHolders() {
        sql("update mailbox_email set modseq = 5000 where uid = 2");
        var email = number("select email_id from mailbox_email where uid = 2");
        assertThat(check(false, false).findings())
                .extracting(Finding::kind, Finding::what, Finding::expected)
                .containsExactlyInAnyOrder(
                        tuple(Kind.MODSEQ, "modseq of INBOX", "at least 5000"),
                        tuple(Kind.MODSEQ, "modseq of email " + email, "at least 5000"));
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select modseq from account")).isGreaterThanOrEqualTo(5000);
        sql("update email set modseq = 9000 where keywords = '$seen'");
        assertThat(check(false, false).findings()).extracting(Finding::what).containsExactly("modseq");
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(check(false, false).findings()).isEmpty();
    }

    private MailboxIndex inbox() {
        var inbox = call(services -> services.get(Mailboxes.class).find(ann, "INBOX"))
                .orElseThrow();
        return call(services -> services.get(Messages.class).index(ann, inbox.id()))
                .orElseThrow();
    }

    /** Or its change would be in no index that was read before. */
    @Test
    void anEmailOlderThanItsPlaceIsFoundAndRepaired() {
        var state = number("select modseq from account");
        var before = inbox().modSeq();
        sql("update email set modseq = 0 where keywords = '$seen'");
        assertThat(check(false, false).findings()).extracting(Finding::kind).containsExactly(Kind.MODSEQ);
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(number("select modseq from email where keywords = '$seen'")).isGreaterThan(state);
        assertThat(ChangedRows.since(inbox(), before)).hasSize(1);
        assertThat(check(false, true).findings()).isEmpty();
    }

    @Test
    void aUidValidityGivenTwiceIsGivenAnew() {
        sql("update mailbox set uid_validity = (select min(b.uid_validity) from mailbox b)"
                + " where name in ('INBOX', 'Junk')");
        assertThat(check(false, false).findings())
                .isNotEmpty()
                .extracting(Finding::kind)
                .containsOnly(Kind.UID_VALIDITY);
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select count(distinct uid_validity) from mailbox")).isEqualTo(6);
    }

    @Test
    void aUidValidityThatWouldBeGivenAgainIsSteppedOver() {
        sql("update account set uid_validity_next = 5");
        assertThat(check(true, false).findings()).extracting(Finding::kind).containsOnly(Kind.UID_VALIDITY);
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select uid_validity_next from account"))
                .isEqualTo(number("select max(uid_validity) + 1 from mailbox"));
    }

    @Test
    void aMembershipWithoutEmailIsRemovedAndLeavesATombstone() {
        sql("delete from email where keywords = '$seen'");
        assertThat(check(false, false).findings()).extracting(Finding::kind).contains(Kind.MEMBERSHIP);
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select uid from expunged")).isEqualTo(1);
        assertThat(number("select messages from mailbox where name = 'INBOX'")).isEqualTo(2);
    }

    @Test
    void aMembershipWithoutMailboxIsRemovedAndItsEmailRecovered() {
        long email = number("select id from email where keywords = '$seen'");
        sql("update mailbox_email set mailbox_id = 77777 where uid = 1");
        assertThat(check(true, false).findings())
                .extracting(Finding::kind)
                .contains(Kind.MEMBERSHIP, Kind.NO_MEMBERSHIP);
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select m.email_id from mailbox_email m join mailbox b on b.id = m.mailbox_id"
                        + " where b.name = 'Recovered'"))
                .isEqualTo(email);
    }

    @Test
    void anEmailInNoMailboxIsRecoveredAndNotLost() {
        sql("delete from mailbox_email where uid in (1, 2)");
        assertThat(check(true, false).findings())
                .filteredOn(finding -> finding.kind() == Kind.NO_MEMBERSHIP)
                .hasSize(2)
                .allMatch(Finding::repaired);
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select messages from mailbox where name = 'Recovered'"))
                .isEqualTo(2);
        assertThat(number("select unseen from mailbox where name = 'Recovered'"))
                .isEqualTo(1);
        assertThat(number("select messages from account")).isEqualTo(3);
    }

    @Test
    void aMembershipUnderAnotherAccountIsPutRight() {
        var bob = account("bob@example.org");
        sql("update mailbox_email set account_id = " + bob.value() + " where uid = 1");
        assertThat(check(true, false).findings()).extracting(Finding::kind).contains(Kind.MEMBERSHIP);
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select count(*) from mailbox_email where account_id = " + ann.value()))
                .isEqualTo(3);
    }

    @Test
    void tombstonesOfWhatIsThereAreTaken() {
        sql(
                "insert into expunged (mailbox_id, uid, account_id, modseq)"
                        + " select mailbox_id, uid, account_id, 1 from mailbox_email where uid = 2",
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq)"
                        + " select account_id, 'email', id, thread_id, 1, 1 from email where keywords = '$seen'",
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq)"
                        + " select account_id, 'mailbox', id, 0, 1, 1 from mailbox where name = 'Junk'");
        assertThat(check(false, false).findings())
                .hasSize(3)
                .extracting(Finding::kind)
                .containsOnly(Kind.TOMBSTONE);
        assertThat(check(true, false).summary().clean()).isTrue();
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select count(*) from mailbox_email")).isEqualTo(3);
    }

    @Test
    void aThreadKeyOfNothingIsRemovedAndOneOfATombstoneStays() {
        sql(
                "insert into thread_key (account_id, key_hash, thread_id) values (" + ann.value() + ", 1, 991)",
                "insert into thread_key (account_id, key_hash, thread_id) values (" + ann.value() + ", 2, 992)",
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq) values (" + ann.value()
                        + ", 'email', 990, 992, 1, 1)");
        assertThat(check(true, false).findings())
                .extracting(Finding::kind, Finding::what)
                .containsExactly(tuple(Kind.THREAD_KEY, "a key of thread 991"));
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(number("select count(*) from thread_key where thread_id = 992"))
                .isEqualTo(1);
    }

    @Test
    void aMissingBlobRowIsReportedAndNeverRepaired() {
        sql("delete from blob where sha256 = '" + first.sha256() + "'");
        for (boolean repair : new boolean[] {false, true, false}) {
            var checked = check(repair, false);
            assertThat(checked.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.kind()).isEqualTo(Kind.BLOB);
                assertThat(finding.repaired()).isFalse();
            });
            assertThat(checked.summary().clean()).isFalse();
        }
        assertThat(number("select count(*) from email")).isEqualTo(3);
    }

    @Test
    void aDamagedRecordIsFoundWithItsOwner() throws IOException {
        damage(first.ref().offset() + 10);
        assertThat(check(true, false).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.BLOB);
            assertThat(finding.account()).isEqualTo("ann@example.org");
            assertThat(finding.found()).contains("damaged");
        });
        assertThat(number("select count(*) from blob")).isEqualTo(3);
    }

    @Test
    void damagedOctetsAreFoundByADeepCheckOnly() throws IOException {
        damage(first.ref().offset() + 64 + 4 + 1);
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(check(false, true).findings()).extracting(Finding::kind).containsExactly(Kind.BLOB);
    }

    @Test
    void anotherMessagesOctetsAreFoundByADeepCheckOnly() {
        sql("update blob set sha256 = '" + "0".repeat(64) + "' where sha256 = '" + first.sha256() + "'");
        assertThat(check(false, false).findings()).isEmpty();
        assertThat(check(false, true).findings())
                .extracting(Finding::found)
                .containsExactly("octets with another SHA-256");
    }

    @Test
    void aMissingSegmentIsReportedForEachOfItsBlobs() throws IOException {
        segments.close();
        Files.delete(folder.resolve("blobs").resolve("00000001.seg"));
        segments = openSegments();
        assertThat(check(false, false).findings())
                .hasSize(3)
                .extracting(Finding::kind)
                .containsOnly(Kind.BLOB);
    }

    @Test
    void whatWaitsToBeCollectedIsCountedAndNoFinding() {
        sql("insert into blob (id, sha256, segment, segment_offset, size, stored)"
                + " select 999999, sha256, segment, segment_offset, size, 0 from blob where sha256 = '"
                + first.sha256() + "'");
        var checked = check(false, true);
        assertThat(checked.findings()).isEmpty();
        assertThat(checked.summary().unusedBlobs()).isEqualTo(1);
        assertThat(checked.summary().unusedOctets()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update email set received = received + 1 where keywords = '$seen'",
                "update email set keywords = '$flagged $seen' where keywords = '$seen'",
                "update mailbox_email set deleted = true where uid = 3",
                "delete from mailbox_email where uid = 3",
                "update mailbox_email set uid = 4 where uid = 3"
            })
    void anIndexThatIsNotWhatTheRowsSayIsFoundAndReadAnew(String damage) {
        var inbox = call(services -> services.get(Mailboxes.class).find(ann, "INBOX"))
                .orElseThrow()
                .id();
        call(services -> services.get(Messages.class).index(ann, inbox));
        assertThat(check(false, false).findings()).isEmpty();
        sql(damage);
        assertThat(check(false, false).findings())
                .filteredOn(finding -> finding.kind() == Kind.INDEX)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("index of INBOX");
                    assertThat(finding.account()).isEqualTo("ann@example.org");
                    assertThat(finding.expected()).isNotEqualTo(finding.found());
                });
        check(true, false);
        assertThat(check(false, false).findings()).isEmpty();
        var index =
                call(services -> services.get(Messages.class).index(ann, inbox)).orElseThrow();
        assertThat(index.size()).isEqualTo((int) number("select messages from mailbox where name = 'INBOX'"));
        assertThat(index.received(0))
                .isEqualTo(number("select e.received from email e join mailbox_email m on m.email_id = e.id"
                        + " where m.uid = 1"));
    }

    @Test
    void deadOctetsAndOrphanedSegmentsAreCountedAndNoFindings() throws IOException {
        segments.close();
        var path = folder.resolve("blobs");
        long alive = number("select sum(64 + 4 + size) from blob");
        long whole = Files.size(path.resolve("00000001.seg"));
        assertThat(whole).isEqualTo(alive);
        Files.write(path.resolve("00000001.seg"), new byte[100], StandardOpenOption.APPEND);
        Files.write(path.resolve("00000002.seg"), new byte[7_000]);
        Files.write(path.resolve("00000003.seg"), new byte[0]);
        segments = openSegments();
        runtime.get(PlatformHolder.class).set(platform());
        var checked = check(true, true);
        assertThat(checked.findings()).isEmpty();
        assertThat(checked.summary().deadOctets()).isEqualTo(7_100);
        assertThat(checked.summary().orphanedSegments()).isEqualTo(1);
    }

    private void damage(long offset) throws IOException {
        try (var file = new RandomAccessFile(
                folder.resolve("blobs").resolve("00000001.seg").toFile(), "rw")) {
            file.seek(offset);
            int was = file.read();
            file.seek(offset);
            file.write(was ^ 1);
        }
    }
}
