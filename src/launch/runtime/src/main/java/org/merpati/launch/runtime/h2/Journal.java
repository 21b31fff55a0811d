package org.merpati.launch.runtime.h2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that H2 has committed in memory and has not stored yet (docs/adr/0018): one fsync makes many of them
 * durable. Two files, written to by turns: the other one is begun when H2 starts to store, and what the first one holds is of
 * no use any more when that is done.
 *
 * <p>{@link #prepare}, {@link #add}, {@link #rotate} and {@link #stored} belong to whoever has the turn; the files are written
 * by a thread of the journal's own, which nobody interrupts.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Journal.class.getName());

    /** Up to which transaction something goes: the number of the last one and its checksum. */
    record Position(long number, int checksum) {}

    @FunctionalInterface
    interface Replay {
        void run(JournalRecord record) throws SQLException;
    }

    /** Something for the thread to do. */
    private sealed interface Task {
        /** @param beginning present for the first record of a file that is begun anew */
        record Write(JournalFile file, Optional<JournalFile.Beginning> beginning, Prepared prepared) implements Task {}

        /** To find out whether the disk takes something again. */
        record Prove(JournalFile file, CompletableFuture<Boolean> proof) implements Task {}
    }

    private final Mount mount;
    private final List<JournalFile> files;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Thread thread;

    private JournalFile current;
    private JournalRecord.Texts texts = new JournalRecord.Texts(); // that the current file has
    private Optional<JournalFile.Beginning> beginning = Optional.empty();
    private Position last;
    private volatile boolean otherIsNeeded;
    private final AtomicLong size = new AtomicLong(); // octets that H2 has not stored

    private ArrayDeque<Task> tasks = new ArrayDeque<>();
    private long durable;
    private boolean closing;
    private @Nullable IOException failure;

    /** @param stored up to where the database has what was committed */
    Journal(Mount mount, Position stored) throws IOException {
        this.mount = mount;
        this.last = stored;
        this.durable = stored.number();
        var opened = new ArrayList<JournalFile>();
        try {
            for (var path : mount.journals()) {
                opened.add(new JournalFile(mount.openFile(path)));
            }
            mount.keepNames(); // a record in a file without a name is none
        } catch (IOException e) {
            for (var file : opened) {
                file.close();
            }
            throw e;
        }
        this.files = List.copyOf(opened);
        this.current = files.getFirst();
        this.beginning = Optional.of(following(stored));
        this.thread = Thread.ofPlatform().name("merpati-journal").daemon(true).unstarted(this::run);
    }

    private static JournalFile.Beginning following(Position position) {
        return new JournalFile.Beginning(position.number() + 1, position.checksum());
    }

    /**
     * Runs what the database has not stored, in order. Call it once, before anything else.
     *
     * @throws IOException when the files are not this database's, or damaged
     */
    void recover(Replay replay) throws IOException, SQLException {
        record Begun(JournalFile file, JournalFile.Beginning beginning) {}

        var begun = new ArrayList<Begun>();
        for (var file : files) {
            file.beginning().ifPresent(found -> begun.add(new Begun(file, found)));
        }
        begun.sort(Comparator.comparingLong(one -> one.beginning().first()));
        var stored = last;
        var position = stored;
        for (var one : begun) {
            var known = new JournalRecord.Texts();
            var state = new Recovery(stored, position, replay);
            try {
                one.file()
                        .read(one.beginning(), (body, checksum) -> state.take(body, checksum, known, one.beginning()));
            } catch (ReplayFailed e) {
                throw e.failure;
            }
            if (state.replayed > 0) {
                otherIsNeeded = size.get() > 0;
                current = one.file();
                texts = known;
                beginning = Optional.empty();
                position = state.position;
                size.addAndGet(state.octets);
                LOG.log(Level.INFO, "{0} transactions since the last store were done again", state.replayed);
            }
        }
        last = position;
        durable = position.number();
    }

    /** A statement that went well once does not now. */
    private static final class ReplayFailed extends IOException {
        private final SQLException failure;

        ReplayFailed(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** Reading one file again. */
    private final class Recovery {
        private final Position stored;
        private final Replay replay;
        private Position position;
        private long replayed;
        private long octets;

        Recovery(Position stored, Position position, Replay replay) {
            this.stored = stored;
            this.position = position;
            this.replay = replay;
        }

        boolean take(byte[] body, int checksum, JournalRecord.Texts known, JournalFile.Beginning from)
                throws IOException {
            int texts = known.size();
            var record = JournalRecord.decode(body, checksum, known);
            if (!mount.trustsRecord(record.number())) {
                known.shrink(texts);
                return false;
            }
            long number = record.number();
            boolean another = number == stored.number() && checksum != stored.checksum();
            boolean afterAnother =
                    number == stored.number() + 1 && from.first() == number && from.before() != stored.checksum();
            boolean someMissing = number > position.number() + 1;
            if (another || afterAnother || someMissing) {
                throw new IOException(
                        "the journal " + mount.journals() + " does not belong to the database file as it is:"
                                + " was one of them put back without the other? Put back both, or remove the journal to go without"
                                + " what it holds");
            }
            if (record.number() > position.number()) {
                try {
                    replay.run(record);
                } catch (SQLException e) {
                    throw new ReplayFailed(e);
                }
                position = new Position(record.number(), checksum);
                replayed++;
            }
            octets += body.length;
            return true;
        }
    }

    /** The next transaction's record; it is to be added, or dropped. */
    Prepared prepare(Changes changes) {
        long number = last.number() + 1;
        int known = texts.size();
        var octets = JournalRecord.encode(number, changes, texts);
        int checksum = JournalRecord.seal(octets, last.checksum());
        return new Prepared(new Position(number, checksum), octets, known);
    }

    /** It was not committed. */
    void drop(Prepared prepared) {
        texts.shrink(prepared.known);
    }

    /** A record that is not in the journal yet. */
    static final class Prepared {
        private final Position position;
        private final byte[] octets;
        private final int known;

        Prepared(Position position, byte[] octets, int known) {
            this.position = position;
            this.octets = octets;
            this.known = known;
        }

        Position position() {
            return position;
        }
    }

    /**
     * Puts it behind the others, to be written at the next {@link #await}: whoever adds it has the turn, and the thread that
     * writes might take the processor from it.
     */
    void add(Prepared prepared) {
        last = prepared.position;
        size.addAndGet(prepared.octets.length);
        var task = new Task.Write(current, beginning, prepared);
        lock.lock();
        try {
            tasks.add(task);
        } finally {
            lock.unlock();
        }
        beginning = Optional.empty();
    }

    /** Octets of transactions that the database has not stored. */
    long size() {
        return size.get();
    }

    /** What comes now goes to the other file, if what that one holds is stored; the number of the last that came before. */
    long rotate() {
        if (!otherIsNeeded) {
            current = files.get(current.equals(files.getFirst()) ? 1 : 0);
            beginning = Optional.of(following(last));
            texts = new JournalRecord.Texts();
            otherIsNeeded = true;
        }
        size.set(0);
        return last.number();
    }

    /** The database's file has all up to the number that {@link #rotate} gave. */
    void stored(long number) {
        otherIsNeeded = false;
        durable(number);
    }

    /** The caller has the lock. */
    private void wake() {
        if (!thread.isAlive() && !closing) {
            thread.start();
        }
        added.signal();
    }

    /** Returns when all up to that number is durable. */
    void await(long number) throws IOException {
        lock.lock();
        try {
            if (!tasks.isEmpty()) {
                wake();
            }
            while (durable < number && failure == null && !closing) {
                written.awaitUninterruptibly();
            }
            if (durable < number) {
                throw new IOException("the commit could not be written: " + failure, failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All up to that number is in the journal or in the database's file. */
    void durable(long number) {
        lock.lock();
        try {
            durable = Math.max(durable, number);
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The one that was added last. */
    Position last() {
        return last;
    }

    /** Fails while the disk takes nothing. */
    void prove() throws IOException {
        var proof = new CompletableFuture<Boolean>();
        lock.lock();
        try {
            tasks.add(new Task.Prove(current, proof));
            wake();
        } finally {
            lock.unlock();
        }
        try {
            proof.join();
        } catch (RuntimeException e) {
            throw new IOException("the disk takes nothing: " + e.getMessage(), e);
        }
    }

    private void run() {
        while (true) {
            ArrayDeque<Task> work;
            lock.lock();
            try {
                while (tasks.isEmpty() && !closing) {
                    added.awaitUninterruptibly();
                }
                if (tasks.isEmpty()) {
                    return;
                }
                work = tasks;
                tasks = new ArrayDeque<>();
            } finally {
                lock.unlock();
            }
            work(work);
        }
    }

    private void work(ArrayDeque<Task> work) {
        try {
            var octets = new ByteArrayOutputStream();
            JournalFile file = null;
            long number = 0;
            for (var task : work) {
                switch (task) {
                    case Task.Prove(var where, var proof) -> prove(where, proof);
                    case Task.Write(var where, var beginning, var prepared) -> {
                        if (failed()) {
                            continue;
                        }
                        if (file != null && !file.equals(where)) {
                            write(file, octets);
                        }
                        file = where;
                        if (beginning.isPresent()) {
                            file.begin(beginning.get());
                        }
                        octets.writeBytes(prepared.octets);
                        number = prepared.position.number();
                    }
                }
            }
            if (file != null) {
                write(file, octets);
                mount.trustAllRecords();
                durable(number);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "can't write the database's journal: " + e);
            fail(e instanceof IOException io ? io : new IOException(e));
        }
    }

    private static void write(JournalFile file, ByteArrayOutputStream octets) throws IOException {
        file.append(octets.toByteArray());
        file.force();
        octets.reset();
    }

    private static void prove(JournalFile file, CompletableFuture<Boolean> proof) {
        try {
            file.prove();
            proof.complete(true);
        } catch (IOException | RuntimeException e) {
            proof.completeExceptionally(e);
        }
    }

    private boolean failed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException e) {
        lock.lock();
        try {
            if (failure == null) {
                failure = e;
                mount.trustRecordsUpTo(durable);
            }
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was added is written first. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!tasks.isEmpty()) {
                wake();
            }
            closing = true;
            added.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            written.signalAll();
        } finally {
            lock.unlock();
        }
        for (var file : files) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "closing the journal: " + e);
            }
        }
    }
}
