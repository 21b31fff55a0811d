package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A database from one opening to its end. A transaction commits in memory and is durable with its record in the journal; what
 * H2 has in memory is stored every few seconds, with one fsync for all of it.
 *
 * <p>A row of the database says which record was the last one of what it holds. Each transaction changes it with the rest, so
 * that it is right in whatever H2 stores, whenever that is.
 */
final class OpenDatabase {
    private static final Logger LOG = System.getLogger(OpenDatabase.class.getName());
    /** H2 stores nothing by itself, neither at a commit nor from a thread of its own. */
    private static final int BY_US_ALONE = -1;

    /** In a schema of its own: that of the mail is empty until it is made. */
    private static final String SCHEMA = "merpati_journal";

    private static final String POSITION = SCHEMA + ".position";
    private static final long MOST_JOURNAL = 2 << 20;
    /** Octets, as H2 reckons, of pages that are in memory alone. H2 stores by itself, amid a transaction, at some 19 MB. */
    private static final int MOST_UNSTORED = 8 << 20;

    private static final int LOOK_MILLIS = 250;
    private static final int MOST_LOOKS = 20;

    private final Mount mount;
    private final DurableChannel file;
    private final MVStore store;
    private final Journal journal;
    private final Database database;
    private final CountDownLatch ended = new CountDownLatch(1);

    private OpenDatabase(Mount mount, DurableChannel file, MVStore store, Journal journal, Database database) {
        this.mount = mount;
        this.file = file;
        this.store = store;
        this.journal = journal;
        this.database = database;
    }

    /** What H2 keeps the connection's database in; each opening makes another one. */
    static MVStore storeOf(Connection connection) throws SQLException {
        return session(connection).getDatabase().getStore().getMvStore();
    }

    private static SessionLocal session(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal local) {
            return local;
        }
        throw failed("the database is not in this process", null);
    }

    private static SQLException failed(String why, @Nullable Throwable cause) {
        return new SQLException(why, "90098", 90098, cause);
    }

    /** The journal's transactions are done again when this returns. */
    static OpenDatabase open(Mount mount, Connection connection, MVStore store) throws SQLException {
        store.setAutoCommitDelay(BY_US_ALONE);
        var database = session(connection).getDatabase();
        DurableChannel file = null;
        try {
            file = mount.channel();
            var journal = new Journal(mount, position(connection));
            try {
                try (var replay = new Replay(connection)) {
                    journal.recover(replay);
                }
                mount.sequences().runAgain(connection);
            } catch (IOException | SQLException | RuntimeException e) {
                journal.close();
                throw e;
            }
            var opened = new OpenDatabase(mount, file, store, journal, database);
            Thread.ofPlatform().name("merpati-store").daemon(true).start(opened::run);
            return opened;
        } catch (IOException | SQLException e) {
            shutDown(database, file);
            throw failed("the database's journal: " + e.getMessage(), e);
        }
    }

    /** Where the database is. */
    private static Journal.Position position(Connection connection) throws SQLException {
        makePosition(connection, new Journal.Position(0, 0));
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select number, checksum from " + POSITION)) {
            rows.next();
            return new Journal.Position(rows.getLong(1), rows.getInt(2));
        }
    }

    /** Where there is no position, in a new database and after DROP ALL OBJECTS, it is made. */
    private static void makePosition(Connection connection, Journal.Position position) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + SCHEMA);
            statement.execute(
                    "create table if not exists " + POSITION + " (number bigint not null, checksum integer not null)");
            statement.execute("insert into " + POSITION + " select " + position.number() + ", " + position.checksum()
                    + " where not exists (select 1 from " + POSITION + ")");
        }
    }

    /** To be run, with {@link #move}, within each transaction. */
    static PreparedStatement mover(Connection connection) throws SQLException {
        return connection.prepareStatement("update " + POSITION + " set number = ?, checksum = ?");
    }

    static void move(PreparedStatement mover, Journal.Position to) throws SQLException {
        mover.setLong(1, to.number());
        mover.setInt(2, to.checksum());
        mover.executeUpdate();
    }

    boolean isOf(MVStore other) {
        return store.equals(other);
    }

    /** A call of H2. */
    @FunctionalInterface
    interface Step {
        @Nullable
        Object run() throws Throwable;
    }

    /** A transaction's result, and the number of its record: 0 when it is durable already. */
    record Committed(@Nullable Object result, long number) {}

    /** Commits in memory; whoever has the turn calls it, and {@link #await} without it. */
    Committed commit(Connection connection, Changes changes, PreparedStatement mover, Step commit) throws Throwable {
        if (changes.fitsJournal()) {
            mount.sequences().addTo(changes);
        }
        if (!changes.fitsJournal()) {
            var result = commit.run();
            makePosition(connection, journal.last());
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            storeNow();
            return new Committed(result, 0);
        }
        var prepared = journal.prepare(changes);
        boolean done = false;
        try {
            move(mover, prepared.position());
            var result = commit.run();
            done = true;
            journal.add(prepared);
            return new Committed(result, prepared.position().number());
        } finally {
            if (!done) {
                journal.drop(prepared);
                mount.sequences().notAdded();
            }
        }
    }

    /**
     * Returns when the transaction of that number is durable.
     *
     * @throws SQLException when it could not be written: it is not there when the database is opened again
     */
    void await(long number) throws SQLException {
        if (number == 0) {
            return;
        }
        try {
            journal.await(number);
        } catch (IOException e) {
            shutDown(database, file);
            throw failed(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * After something could not be written: whether it can be now. Asked before anything is changed, so that the database need not
     * be opened again for each attempt.
     */
    void prove() throws SQLException {
        if (mount.isReading() && mount.takesWrites()) {
            shutDown(database, file);
            throw failed("the disk takes writes again, and the database is opened anew", null);
        }
        try {
            journal.prove();
            mount.doubt(false);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), "90097", 90097, e);
        }
    }

    /** Everything that was committed is stored when this returns. */
    void store() throws SQLException {
        long number;
        int stored;
        var turn = mount.turn();
        turn.takeAtLast(this);
        try {
            number = journal.rotate();
            stored = mount.sequences().mark();
            turn.committing(this); // from the first octet that is written the next transaction works
            commitStore();
        } finally {
            turn.giveBack(this);
        }
        journal.stored(number);
        mount.sequences().stored(stored);
    }

    /** The same for whoever has the turn, and keeps it. */
    private void storeNow() throws SQLException {
        long number = journal.last().number();
        var stored = mount.sequences().mark();
        commitStore();
        journal.durable(number);
        mount.sequences().stored(stored);
    }

    private void commitStore() throws SQLException {
        try {
            store.commit();
            if (store.isClosed()) {
                throw new IllegalStateException("the database was closed before");
            }
        } catch (RuntimeException e) {
            mount.doubt(true);
            shutDown(database, file);
            throw failed("the database could not be written: " + e.getMessage(), e);
        }
    }

    private void run() {
        int looks = 0;
        while (!store.isClosed() && pause()) {
            boolean some = journal.size() > 0 && !mount.isDoubtful();
            looks = some ? looks + 1 : 0;
            boolean much = journal.size() >= MOST_JOURNAL || store.getUnsavedMemory() >= MOST_UNSTORED;
            if (looks >= MOST_LOOKS || (some && much)) {
                looks = 0;
                try {
                    store();
                } catch (SQLException e) {
                    LOG.log(Level.ERROR, e.getMessage());
                }
            }
        }
        end();
    }

    /** False when it is to end. */
    private boolean pause() {
        try {
            return !ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody may stop this thread but end()
        }
    }

    /** Nothing is written any more. */
    void end() {
        ended.countDown();
        journal.close();
    }

    /** As H2 does when a write of its own fails: the next connection opens the database again. */
    private static void shutDown(Database database, @Nullable DurableChannel file) {
        if (file != null) {
            file.giveUp(); // H2 keeps a database for one that is closing, for ever, when closing the file fails
        }
        try {
            database.shutdownImmediately();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the database after a failed write: " + e);
        }
    }
}
