package org.merpati.core.imap.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.merpati.lib.imap.command.Sort.By;
import org.merpati.lib.mime.Header;
import org.merpati.lib.mime.field.EncodedWords;
import org.merpati.lib.mime.view.Envelope;
import org.merpati.lib.mime.view.ThreadSubject;

/** What messages are sorted by, of each the value. */
sealed interface Column {
    /** @param row from 0 */
    void put(int row, Candidate candidate) throws IOException;

    int compare(int one, int other);

    static Column of(By by, int size) {
        return by == By.ARRIVAL || by == By.SIZE || by == By.DATE ? new Numbers(by, size) : new Texts(by, size);
    }

    /** Whether the index knows it. */
    static boolean isIndexed(By by) {
        return by == By.ARRIVAL || by == By.SIZE;
    }

    /** The sent date in milliseconds; what has none is earlier than all (RFC 5256 §2.2). */
    static long sent(Header header) {
        return header.date("Date").map(date -> date.toInstant().toEpochMilli()).orElse(Long.MIN_VALUE);
    }

    static ThreadSubject subject(Header header) {
        return ThreadSubject.of(header.text("Subject").orElse(""));
    }

    final class Numbers implements Column {
        private final By by;
        private final long[] values;

        Numbers(By by, int size) {
            this.by = by;
            this.values = new long[size];
        }

        @Override
        public void put(int row, Candidate candidate) throws IOException {
            values[row] = switch (by) {
                case ARRIVAL -> candidate.row().received();
                case SIZE -> candidate.row().size();
                default -> sent(candidate.envelope());
            };
        }

        @Override
        public int compare(int one, int other) {
            return Long.compare(values[one], values[other]);
        }
    }

    /** Equal texts are kept once: there are fewer senders than mails. */
    final class Texts implements Column {
        private final By by;
        private final Collation[] values;
        private final Map<String, Collation> known = new HashMap<>();

        Texts(By by, int size) {
            this.by = by;
            this.values = new Collation[size];
        }

        @Override
        public void put(int row, Candidate candidate) throws IOException {
            values[row] = known.computeIfAbsent(value(candidate.envelope()), Collation::of);
        }

        @Override
        public int compare(int one, int other) {
            return values[one].compareTo(values[other]);
        }

        private String value(Header header) {
            return switch (by) {
                case SUBJECT -> subject(header).base();
                case CC -> mailbox(Envelope.of(header).cc());
                case FROM -> mailbox(Envelope.of(header).from());
                case TO -> mailbox(Envelope.of(header).to());
                case DISPLAYFROM -> display(Envelope.of(header).from());
                case DISPLAYTO -> display(Envelope.of(header).to());
                case ARRIVAL, DATE, SIZE -> throw new IllegalStateException(by + " is a number");
            };
        }

        private static String mailbox(List<Envelope.Address> addresses) {
            return addresses.stream()
                    .findFirst()
                    .flatMap(Envelope.Address::mailbox)
                    .orElse("");
        }

        /** RFC 5957 §3. */
        private static String display(List<Envelope.Address> addresses) {
            return addresses.stream()
                    .findFirst()
                    .map(address -> address.name()
                            .map(EncodedWords::decode)
                            .filter(name -> !name.isEmpty())
                            .orElseGet(() -> address(address)))
                    .orElse("");
        }

        private static String address(Envelope.Address address) {
            Optional<String> mailbox = address.mailbox();
            return mailbox.map(local ->
                            local + address.host().map(host -> "@" + host).orElse(""))
                    .orElse("");
        }
    }
}
