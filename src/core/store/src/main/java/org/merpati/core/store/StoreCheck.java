package org.merpati.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.Checks.Finding;
import org.merpati.core.store.Checks.Kind;
import org.merpati.core.store.Checks.Named;
import org.merpati.core.store.Checks.StoredBlob;
import org.merpati.core.store.blob.SegmentStore;

/**
 * Walks the whole store, rows and octets, while the server works. One call through the door for each page of rows; octets
 * are read outside it. An instance is used once, by one thread; {@link #run} throws {@code NotDone} when the door fails.
 */
public final class StoreCheck {
    /**
     * @param repair whether what can be derived is put right
     * @param deep whether every octet is read and compared with its SHA-256, not only the head of its record
     */
    public record Options(boolean repair, boolean deep) {}

    /**
     * How far it is; at the end, what was looked at.
     *
     * @param unusedBlobs those that wait to be collected: no finding
     * @param unusedOctets of these
     * @param expiredUploads that wait to be removed: no finding
     * @param removedAccounts whose mail waits to be removed, in parts: no finding
     * @param deadOctets in segments that are written no more, where no row points: no finding, as housekeeping moves together
     *     what is alive once it is less than half of a segment
     * @param orphanedSegments of these, files that no row points into: no finding, as housekeeping removes them once they are
     *     a day old
     */
    public record Progress(
            long accounts,
            long messages,
            long blobs,
            long findings,
            long repaired,
            long unusedBlobs,
            long unusedOctets,
            long expiredUploads,
            long removedAccounts,
            long deadOctets,
            long orphanedSegments) {
        /** Whether nothing is wrong now. */
        public boolean clean() {
            return findings == repaired;
        }

        @Override
        public String toString() {
            return accounts + " accounts, " + messages + " messages, " + blobs + " blobs checked: " + findings
                    + " findings, " + repaired + " repaired";
        }
    }

    /** A repair that leaves findings again and again is given up: that many calls put a million rows right. */
    private static final int MOST_REPAIRS = 1_000;

    private static final int READ = 64 * 1024;

    private final Door door;
    private final BlobStore blobStore;
    private final Options options;
    private final Consumer<Finding> found;
    private final Consumer<Progress> told;
    private final byte[] buffer = new byte[READ];
    private long accounts;
    private long messages;
    private long blobs;
    private long findings;
    private long repaired;
    private long unusedBlobs;
    private long unusedOctets;
    private long expiredUploads;
    private long removedAccounts;
    private long deadOctets;
    private long orphanedSegments;

    /**
     * @param found called for each finding, as it is found
     * @param told called after each page of emails, each account and each page of blobs
     */
    public StoreCheck(Door door, BlobStore blobs, Options options, Consumer<Finding> found, Consumer<Progress> told) {
        this.door = door;
        this.blobStore = blobs;
        this.options = options;
        this.found = found;
        this.told = told;
    }

    public Progress run() {
        var after = new AccountId(0);
        while (true) {
            var last = after;
            var page = door.call(services -> services.get(Checks.class).accounts(last))
                    .orThrow();
            page.forEach(this::account);
            if (page.size() < Checks.PAGE) {
                break;
            }
            after = page.getLast().id();
        }
        long blob = 0;
        while (true) {
            long last = blob;
            var page = door.call(services -> services.get(Checks.class).blobs(last))
                    .orThrow();
            page.forEach(this::blob);
            told.accept(progress());
            if (page.size() < Checks.PAGE) {
                break;
            }
            blob = page.getLast().id();
        }
        expiredUploads = door.call(services -> services.get(Checks.class).expiredUploads())
                .orThrow();
        removedAccounts = door.call(services -> services.get(Checks.class).removedAccounts())
                .orThrow();
        if (blobStore instanceof SegmentStore segments) {
            segments(segments);
        }
        return progress();
    }

    private void segments(SegmentStore store) {
        try {
            for (var segment : store.closed()) {
                var live = door.call(services -> services.get(Garbage.class).live(segment.number()))
                        .orThrow();
                deadOctets += Math.max(0, segment.octets() - live.octets());
                orphanedSegments += live.blobs() == 0 ? 1 : 0;
            }
        } catch (IOException e) {
            report(List.of(new Finding(Kind.BLOB, "", "segments", "a folder of them", e.toString(), false)));
        }
    }

    private void account(Named account) {
        accounts++;
        var place = Optional.of(Checks.Place.START);
        while (place.isPresent()) {
            var from = place.get();
            var page = door.call(services -> services.get(Checks.class).emails(account, from, options.repair()))
                    .orThrow();
            messages += page.emails();
            report(page.findings());
            place = page.next();
            told.accept(progress());
        }
        for (int i = 0; i < MOST_REPAIRS; i++) {
            var page = door.call(services -> services.get(Checks.class).account(account, options.repair()))
                    .orThrow();
            report(page);
            if (!options.repair() || page.size() < Checks.PAGE) {
                break;
            }
        }
        report(door.call(services -> services.get(Checks.class).indexes(account, options.repair()))
                .orThrow());
        told.accept(progress());
    }

    private void blob(StoredBlob blob) {
        blobs++;
        if (!blob.used()) {
            unusedBlobs++;
            unusedOctets += blob.ref().size();
        }
        var now = blob;
        while (true) {
            var damage = damage(now);
            if (damage.isEmpty()) {
                return;
            }
            // it may have been moved or collected since its row was read
            var again = door.call(services -> services.get(Checks.class).blob(blob.id()))
                    .orThrow();
            if (again.isEmpty()) {
                return;
            }
            if (again.get().ref().equals(now.ref())) {
                var owner = door.call(services -> services.get(Checks.class).owner(blob.id()))
                        .orThrow()
                        .map(Named::address)
                        .orElse("");
                report(List.of(new Finding(
                        Kind.BLOB, owner, "blob " + blob.id(), blob.ref().size() + " octets", damage.get(), false)));
                return;
            }
            now = again.get();
        }
    }

    /** What is wrong with the octets, or, when it is not deep, with the head before them; empty for nothing. */
    private Optional<String> damage(StoredBlob blob) {
        try (var in = blobStore.open(blob.ref(), 0, options.deep() ? blob.ref().size() : 0)) {
            if (options.deep() && !hash(in).equals(blob.sha256())) {
                return Optional.of("octets with another SHA-256");
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private String hash(InputStream in) throws IOException {
        var digest = sha256();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digest.update(buffer, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void report(List<Finding> page) {
        for (var finding : page) {
            findings++;
            repaired += finding.repaired() ? 1 : 0;
            found.accept(finding);
        }
    }

    private Progress progress() {
        return new Progress(
                accounts,
                messages,
                blobs,
                findings,
                repaired,
                unusedBlobs,
                unusedOctets,
                expiredUploads,
                removedAccounts,
                deadOctets,
                orphanedSegments);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
