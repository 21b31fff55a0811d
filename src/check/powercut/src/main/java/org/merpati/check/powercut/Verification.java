package org.merpati.check.powercut;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.merpati.core.api.blob.BlobRef;
import org.merpati.core.api.disk.Disk;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** Opens what a cut has left and says what is wrong with it. */
final class Verification {
    /** Answered up to {@code answered} for certain; {@code begun} may have happened. */
    record Expected(String address, long seed, int answered, int begun) {}

    private final Path folder;
    private final boolean moves;
    private final List<String> complaints = new ArrayList<>();
    private final List<Integer> reached = new ArrayList<>();

    Verification(Path folder, boolean moves) {
        this.folder = folder;
        this.moves = moves;
    }

    /** Empty when all is well. */
    List<String> run(List<Expected> accounts) {
        try (var home = Home.open(folder, Disk.real(), EmbeddedRuntime.RETENTION)) {
            try (var connection = home.database().getConnection()) {
                for (var account : accounts) {
                    operations(connection, account);
                }
                counters(connection);
                blobs(connection, home);
            }
            writable(home);
        } catch (IOException | SQLException | RuntimeException e) {
            complaints.add("does not open or answer: " + e);
            for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
                complaints.add("    because " + cause);
            }
        }
        return complaints;
    }

    /** How many operations each account has, once {@link #run} found nothing wrong. */
    List<Integer> reached() {
        return reached;
    }

    private void operations(Connection connection, Expected expected) throws SQLException {
        var actual = held(connection, expected.address());
        var model = new Model(expected.seed(), moves);
        while (model.done() < expected.answered()) {
            model.apply(model.next());
        }
        var first = new TreeMap<>(model.held());
        while (true) {
            if (model.held().equals(actual)) {
                reached.add(model.done());
                return;
            }
            if (model.done() >= expected.begun()) {
                break;
            }
            model.apply(model.next());
        }
        complaints.add(expected.address() + ": answered " + expected.answered() + ", begun " + expected.begun() + "; "
                + difference(first, actual));
    }

    private static String difference(SortedMap<Integer, Model.Held> wanted, SortedMap<Integer, Model.Held> actual) {
        var missing = new TreeMap<>(wanted);
        missing.keySet().removeAll(actual.keySet());
        var extra = new TreeMap<>(actual);
        extra.keySet().removeAll(wanted.keySet());
        var other = new TreeMap<>(actual);
        other.entrySet()
                .removeIf(one ->
                        !wanted.containsKey(one.getKey()) || one.getValue().equals(wanted.get(one.getKey())));
        return "missing " + missing + ", not expected " + extra + ", otherwise than expected " + other;
    }

    private SortedMap<Integer, Model.Held> held(Connection connection, String address) throws SQLException {
        var held = new TreeMap<Integer, Model.Held>();
        try (var select = connection.prepareStatement("select e.subject, b.name, e.keywords, m.deleted"
                + " from account a join mailbox b on b.account_id = a.id join mailbox_email m on m.mailbox_id = b.id"
                + " join email e on e.id = m.email_id where a.address = ?")) {
            select.setString(1, address);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    int number = Integer.parseInt(rows.getString(1).substring("number ".length()));
                    var now = new Model.Held(
                            rows.getString(2), rows.getString(3).contains("$flagged"), rows.getBoolean(4));
                    if (held.put(number, now) != null) {
                        complaints.add(address + ": message " + number + " is there twice");
                    }
                }
            }
        }
        return held;
    }

    private void counters(Connection connection) throws SQLException {
        none(
                connection,
                "counters that disagree with the messages",
                "select b.id, b.messages, count(m.uid), b.size, sum(e.size), b.unseen, b.deleted, b.uid_next, max(m.uid)"
                        + " from mailbox b left join mailbox_email m on m.mailbox_id = b.id left join email e"
                        + " on e.id = m.email_id group by b.id, b.messages, b.unseen, b.size, b.deleted, b.uid_next"
                        + " having b.messages <> count(m.uid) or b.size <> coalesce(sum(e.size), 0)"
                        + " or b.unseen <> count(case when e.keywords not like '%$seen%' then 1 end)"
                        + " or b.deleted <> count(case when m.deleted then 1 end)"
                        + " or b.uid_next <= coalesce(max(m.uid), 0)");
        none(
                connection,
                "emails in no mailbox",
                "select e.id from email e where not exists (select 1 from mailbox_email m where m.email_id = e.id)");
        none(
                connection,
                "messages that are there and expunged",
                "select m.uid from mailbox_email m join expunged x on x.mailbox_id = m.mailbox_id and x.uid = m.uid");
        none(
                connection,
                "emails that are there and destroyed",
                "select e.id from email e join destroyed d on d.kind = 'email' and d.id = e.id"
                        + " and d.account_id = e.account_id");
        none(
                connection,
                "changes later than their account's",
                "select m.uid from mailbox_email m join account a on a.id = m.account_id where m.modseq > a.modseq");
    }

    private void none(Connection connection, String what, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new StringBuilder();
            while (rows.next()) {
                found.append(' ');
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    found.append(i == 1 ? "" : "/").append(rows.getString(i));
                }
            }
            if (!found.isEmpty()) {
                complaints.add(what + ":" + found);
            }
        }
    }

    private void blobs(Connection connection, Home home) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select distinct b.sha256, b.segment, b.segment_offset, b.size"
                        + " from blob b join email e on e.blob_id = b.id")) {
            while (rows.next()) {
                var ref = new BlobRef(rows.getLong(2), rows.getLong(3), rows.getLong(4));
                try (var in = home.blobs().open(ref, 0, ref.size())) {
                    var hash = HexFormat.of().formatHex(sha256().digest(in.readAllBytes()));
                    if (!hash.equals(rows.getString(1))) {
                        complaints.add("blob " + ref + " holds other octets than its row says");
                    }
                } catch (IOException e) {
                    complaints.add("blob " + ref + " can't be read: " + e.getMessage());
                }
            }
        }
    }

    private static void writable(Home home) {
        home.call(services -> services.get(org.merpati.core.store.Domains.class).add("after.example"));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
