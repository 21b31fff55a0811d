package org.merpati.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.blob.Blob;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.blob.BlobStore;
import org.merpati.core.api.blob.Content;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.directory.Recipient;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.NotDone;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.door.Unit;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.core.store.Quotas;

/** Whether a recipient has room, over quotas in memory. */
class RoomTest implements Door, Services, Quotas, BlobStore {
    private final TreeSet<Long> full = new TreeSet<>();
    private final List<Long> asked = new ArrayList<>();

    private long room(long... accounts) {
        var config = Config.from(
                Map.of("data", "target/no-data", "hostname", "mx.example.org"), "test", Map.of(), new Properties());
        var ids = LongStream.of(accounts).mapToObj(AccountId::new).toList();
        var recipient = new Recipient.Local(new EmailAddress("x", "example.org"), Optional.empty(), ids);
        return new StoringReception(config, this, InstantSource.system()).room(this, recipient);
    }

    @Test
    void oneAccountHasRoomOrNot() {
        full.add(2L);
        assertThat(room(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(room(2)).isNegative();
    }

    @Test
    void oneMemberWithRoomIsEnoughForAList() {
        full.addAll(List.of(1L, 2L));
        assertThat(room(1, 2, 3)).isEqualTo(Long.MAX_VALUE);
        full.add(3L);
        assertThat(room(1, 2, 3)).isNegative();
        assertThat(room(1, 4, 2)).isEqualTo(7);
    }

    @Test
    void ofALongListNotAllAreAsked() {
        LongStream.rangeClosed(1, 10_000).forEach(full::add);
        assertThat(room(LongStream.rangeClosed(1, 10_000).toArray())).isNegative();
        assertThat(asked).hasSizeLessThanOrEqualTo(100);
        asked.clear();
        assertThat(room(LongStream.rangeClosed(10_001, 20_000).toArray())).isEqualTo(Long.MAX_VALUE);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aStoreThatCantTellIsNoAnswer() {
        full.add(-1L);
        assertThatThrownBy(() -> room(1)).isInstanceOf(NotDone.class);
    }

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        return full.contains(-1L)
                ? new Outcome.Failed<>(FailureKind.ROLLED_BACK, "e1")
                : new Outcome.Done<>(unit.run(this));
    }

    @Override
    public <S> S get(Class<S> service) {
        return service.cast(this);
    }

    @Override
    public long room(AccountId account) {
        asked.add(account.value());
        return full.contains(account.value()) ? -1 : account.value() == 4 ? 7 : Long.MAX_VALUE;
    }

    @Override
    public Optional<Usage> account(AccountId account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Usage> domain(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean limitAccount(EmailAddress account, Limits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean limitDomain(String domain, Limits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Blob append(Content content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(BlobRef ref, long from, long length) {
        throw new UnsupportedOperationException();
    }
}
