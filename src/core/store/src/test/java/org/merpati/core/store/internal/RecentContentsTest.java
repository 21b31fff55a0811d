package org.merpati.core.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.store.Emails.Contents;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.StoredStructure;

final class RecentContentsTest {
    private static final AccountId ANN = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);
    private static final long PLENTY = 1_000_000;

    private final RecentContents recent = new RecentContents();

    private static Contents contents(long id, String subject, String preview) {
        var octets = ("Subject: " + subject + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        var structure = StoredStructure.of(Message.parse(octets).root(), 1_000);
        return new Contents(new EmailId(id), structure, preview);
    }

    private static List<EmailId> ids(long... ids) {
        return LongStream.of(ids).mapToObj(EmailId::new).toList();
    }

    private void put(Contents... all) {
        recent.put(ANN, List.of(all), PLENTY);
    }

    @Test
    void whatWasPutIsFoundByItsAccountAlone() {
        put(contents(1, "one", "p"), contents(2, "two", ""));
        assertThat(recent.get(ANN, ids(2, 3)))
                .containsExactlyEntriesOf(java.util.Map.of(new EmailId(2), contents(2, "two", "")));
        assertThat(recent.get(BOB, ids(1, 2))).isEmpty();
    }

    @Test
    void whatWasAskedForLastStays() {
        put(contents(1, "a", ""), contents(2, "b", ""), contents(3, "c", ""));
        assertThat(recent.get(ANN, ids(1))).hasSize(1);
        recent.put(ANN, List.of(contents(4, "d", "")), recent.octets());
        assertThat(recent.get(ANN, ids(1, 2, 3, 4))).containsOnlyKeys(ids(1, 3, 4));
    }

    @Test
    void itNeverTakesMoreThanItMay() {
        var random = new Random(7);
        long most = 20_000;
        for (int i = 0; i < 2_000; i++) {
            var subject = "x".repeat(random.nextInt(500));
            recent.put(ANN, List.of(contents(random.nextInt(300), subject, "é" + subject)), most);
            assertThat(recent.octets()).isBetween(0L, most);
        }
        assertThat(recent.octets()).isGreaterThan(most - 2_000);
        recent.put(ANN, List.of(contents(1, "", "")), 0);
        assertThat(recent.octets()).isZero();
        assertThat(recent.get(
                        ANN, LongStream.range(0, 300).mapToObj(EmailId::new).toList()))
                .isEmpty();
    }

    @Test
    void charactersBeyondLatinTakeTwoOctets() {
        put(contents(1, "", "aé"));
        long narrow = recent.octets();
        put(contents(1, "", "aж"));
        assertThat(recent.octets()).isEqualTo(narrow + 2);
    }

    /** Its row may learn more. */
    @Test
    void aMessageThatNobodyHasReadIsNotKept() {
        put(new Contents(new EmailId(1), StoredStructure.NONE, ""));
        assertThat(recent.get(ANN, ids(1))).isEmpty();
        put(new Contents(new EmailId(2), StoredStructure.NONE, "its structure is too large"));
        assertThat(recent.get(ANN, ids(2))).hasSize(1);
    }
}
