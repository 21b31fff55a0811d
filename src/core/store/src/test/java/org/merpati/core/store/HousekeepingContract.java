package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.disk.Disk;
import org.merpati.core.store.blob.SegmentStore;

/** What nothing names any more goes, after its time; what something names, or is about to, never does. */
abstract class HousekeepingContract extends CareFixture {
    private static final int ROLL_AT = 20_000;
    private static final Duration DAY = Duration.ofHours(25);

    private Housekeeping housekeeping;

    @Override
    SegmentStore openSegments() throws IOException {
        return SegmentStore.open(Disk.real(), folder.resolve("blobs"), octets -> {}, ROLL_AT);
    }

    @BeforeEach
    void keep() {
        housekeeping = new Housekeeping(door, platform());
    }

    @Test
    void aBlobThatNothingNamesIsSweptAfterADay() {
        deliver(ann, "kept");
        var gone = deliver(ann, "gone");
        var uploaded = deliver(ann, "uploaded");
        destroy(List.of(gone, uploaded));
        sql("insert into upload (id, account_id, blob_id, type, expires) select 1, " + ann.value() + ", id, 'a/b', "
                + now.plus(Duration.ofDays(9)).toEpochMilli() + " from blob where sha256 = '" + uploaded.sha256()
                + "'");
        assertThat(housekeeping.round().blobs()).isZero();
        pass(Duration.ofHours(23));
        assertThat(housekeeping.round().blobs()).isZero();
        pass(Duration.ofHours(2));
        assertThat(housekeeping.round().blobs()).isEqualTo(1);
        assertThat(number("select count(*) from blob")).isEqualTo(2);
        assertThat(number("select count(*) from blob where sha256 = '" + gone.sha256() + "'"))
                .isZero();
    }

    @Test
    void manyPagesOfBlobsAreSwept() {
        sql("insert into blob (id, sha256, segment, segment_offset, size, stored)"
                + " select 1000000 + r.x, 'f', 1, 1, 1, 0 from (" + series(2_500) + ") r");
        pass(DAY);
        deliver(ann, "kept");
        assertThat(housekeeping.round().blobs()).isEqualTo(2_500);
        assertThat(number("select count(*) from blob")).isEqualTo(1);
    }

    @Test
    void aSegmentWithMostlyDeadOctetsIsMovedTogetherAndThenRemoved() throws IOException {
        var blobs = segmentOf(10, 2_000);
        destroy(blobs.subList(0, 7));
        pass(DAY);
        var read = segments.open(blobs.get(8).ref(), 0, 2_000);
        assertThat(read.read()).isEqualTo('8');
        var round = housekeeping.round();
        assertThat(round.moved()).isEqualTo(3);
        assertThat(round.segments()).as("readers may be on their way").isZero();
        assertThat(number("select count(*) from blob where segment = 1")).isZero();
        assertThat(text(blobs.get(7))).as("at its old place").startsWith("7");
        assertThat(check(false, true).findings()).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(housekeeping.round().segments()).isEqualTo(1);
        assertThat(folder.resolve("blobs").resolve("00000001.seg")).doesNotExist();
        assertThat(read.readAllBytes()).as("a stream that was open").hasSize(1_999);
        read.close();
        assertThat(check(false, true).findings()).isEmpty();
        assertThat(check(false, true).summary().blobs()).isEqualTo(3 + 1);
    }

    @Test
    void aSegmentWithMostlyLiveOctetsStays() throws IOException {
        var blobs = segmentOf(10, 2_000);
        destroy(blobs.subList(0, 4));
        pass(DAY);
        housekeeping.round();
        pass(Duration.ofHours(1));
        var round = housekeeping.round();
        assertThat(round.moved()).isZero();
        assertThat(round.segments()).isZero();
    }

    @Test
    void largeAndSmallBlobsAreMovedAlike() throws IOException {
        var large = deliver(ann, "L".repeat(700_000));
        var small = deliver(ann, "s".repeat(100));
        var dead = deliver(ann, "D".repeat(2_000_000));
        deliver(ann, "next segment");
        age();
        destroy(List.of(dead));
        pass(DAY);
        assertThat(housekeeping.round().moved()).isPositive();
        assertThat(check(false, true).findings()).isEmpty();
        assertThat(text(now(large))).isEqualTo("L".repeat(700_000));
        assertThat(text(now(small))).isEqualTo("s".repeat(100));
    }

    @Test
    void whatADeliveryInFlightHasAppendedIsNeverCollected() throws IOException {
        var inFlight = segments.append(Content.of("in flight".getBytes(StandardCharsets.US_ASCII)));
        for (int i = 0; i < 3; i++) {
            segments.append(Content.of(new byte[ROLL_AT]));
        }
        age();
        pass(Duration.ofHours(23));
        assertThat(housekeeping.round().segments()).isZero();
        pass(Duration.ofMinutes(40));
        assertThat(housekeeping.round().segments()).isZero();
        assertThat(text(inFlight)).isEqualTo("in flight");
    }

    @Test
    void aCrashBeforeTheRowsAreToldLosesNothing() throws IOException {
        var blobs = segmentOf(10, 2_000);
        destroy(blobs.subList(0, 7));
        pass(DAY);
        segments.copy(blobs.subList(7, 10));
        crash();
        assertThat(check(false, true).findings()).isEmpty();
        assertThat(housekeeping.round().moved()).isEqualTo(3);
        assertThat(check(false, true).findings()).isEmpty();
    }

    @Test
    void aCrashBeforeTheFileIsRemovedLeavesItForTheNextRound() throws IOException {
        var blobs = segmentOf(10, 2_000);
        destroy(blobs.subList(0, 7));
        pass(DAY);
        housekeeping.round();
        crash();
        assertThat(housekeeping.round().segments()).as("readers first").isZero();
        pass(Duration.ofHours(1));
        assertThat(housekeeping.round().segments()).isEqualTo(1);
        assertThat(check(false, true).findings()).isEmpty();
        crash();
        assertThat(check(false, true).findings()).isEmpty();
        deliver(ann, "after all that");
        assertThat(check(true, true).summary().clean()).isTrue();
    }

    @Test
    void aSegmentWithDamageIsLeftAlone() throws IOException {
        var blobs = segmentOf(10, 2_000);
        destroy(blobs.subList(0, 7));
        try (var file = new RandomAccessFile(
                folder.resolve("blobs").resolve("00000001.seg").toFile(), "rw")) {
            file.seek(blobs.get(8).ref().offset() + 100);
            file.write('!');
        }
        age();
        pass(DAY);
        for (int i = 0; i < 3; i++) {
            assertThat(housekeeping.round().segments()).isZero();
            pass(Duration.ofHours(1));
        }
        assertThat(check(false, true).findings()).hasSize(1);
        assertThat(text(now(blobs.get(7)))).startsWith("7");
    }

    @Test
    void aServerWhoseMailComesAndGoesUsesABoundedPartOfItsDisk() throws IOException {
        long most = 0;
        List<Blob> yesterday = List.of();
        var kept = deliver(ann, "k".repeat(3_000));
        for (int day = 0; day < 25; day++) {
            var today = new ArrayList<Blob>();
            for (int i = 0; i < 20; i++) {
                today.add(deliver(ann, i + " of day " + day + "x".repeat(2_000)));
            }
            age();
            destroy(yesterday);
            yesterday = today;
            for (int round = 0; round < 3; round++) {
                housekeeping.round();
                pass(Duration.ofHours(8));
            }
            most = Math.max(most, used());
        }
        // a day's mail, the day before's, the grace's, and what is not worth moving
        assertThat(most).isLessThan(5 * 20 * 2_200 + 2 * ROLL_AT);
        assertThat(check(false, true).findings()).isEmpty();
        assertThat(text(now(kept))).hasSize(3_000);
    }

    @Test
    void theHistoryKeepsTheNewestTombstones() {
        sql(
                "insert into expunged (mailbox_id, uid, account_id, modseq) select 1, r.x, " + ann.value()
                        + ", r.x from (" + series(3_400) + ") r",
                "insert into destroyed (account_id, kind, id, thread_id, created_modseq, modseq) select " + ann.value()
                        + ", 'email', r.x, r.x, 1, r.x from (" + series(3_000) + ") r",
                "insert into thread_key (account_id, key_hash, thread_id) values (" + ann.value() + ", 7, 2400)",
                "insert into thread_key (account_id, key_hash, thread_id) values (" + ann.value() + ", 8, 2401)",
                "update account set modseq = 5000");
        assertThat(housekeeping.round().tombstones()).isEqualTo(2 * 2_400);
        assertThat(number("select count(*) from expunged")).isEqualTo(1_000);
        assertThat(number("select min(modseq) from expunged")).isEqualTo(2_401);
        assertThat(number("select min(modseq) from destroyed")).isEqualTo(2_401);
        assertThat(number("select history_from from account")).isEqualTo(2_400);
        assertThat(number("select modseq from account")).isEqualTo(5_000);
        assertThat(number("select key_hash from thread_key")).isEqualTo(8);
        assertThat(housekeeping.round().tombstones()).isZero();
        assertThat(number("select history_from from account")).isEqualTo(2_400);
    }

    @Test
    void aRoundThatIsStoppedDoesNoMore() throws IOException {
        destroy(segmentOf(10, 2_000));
        pass(DAY);
        housekeeping.stop();
        assertThat(housekeeping.round().nothing()).isTrue();
    }

    /** Numbers from 1 in a column x. */
    abstract String series(int last);

    /** A first segment that holds exactly these, an old one; a second one is begun. */
    private List<Blob> segmentOf(int count, int size) throws IOException {
        var blobs = IntStream.range(0, count)
                .mapToObj(i -> deliver(ann, (i + "x".repeat(size)).substring(0, size)))
                .toList();
        deliver(ann, "y".repeat(ROLL_AT / 2));
        assertThat(segments.closed()).hasSize(1);
        age();
        return blobs;
    }

    private void destroy(List<Blob> blobs) {
        for (var blob : blobs) {
            var ofBlob = " in (select e.id from email e join blob b on b.id = e.blob_id where b.sha256 = '"
                    + blob.sha256() + "')";
            sql("delete from mailbox_email where email_id" + ofBlob, "delete from email where id" + ofBlob);
        }
        check(true, false);
    }

    private void crash() throws IOException {
        segments.close();
        segments = openSegments();
        runtime.get(PlatformHolder.class).set(platform());
        housekeeping = new Housekeeping(door, platform());
    }

    /** The files as old as the test's clock says. */
    private void age() throws IOException {
        try (var files = Files.list(folder.resolve("blobs"))) {
            for (var file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isAfter(now)) {
                    Files.setLastModifiedTime(file, FileTime.from(now));
                }
            }
        }
    }

    private long used() throws IOException {
        long used = 0;
        try (var files = Files.list(folder.resolve("blobs"))) {
            for (var file : files.toList()) {
                used += Files.size(file);
            }
        }
        return used;
    }

    private Blob now(Blob blob) {
        return call(services -> services.get(Checks.class).blobs(0)).stream()
                .filter(stored -> stored.sha256().equals(blob.sha256()))
                .map(stored -> new Blob(stored.ref(), stored.sha256()))
                .findFirst()
                .orElseThrow();
    }

    private String text(Blob blob) throws IOException {
        try (var in = segments.open(blob.ref(), 0, blob.ref().size())) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
