package org.merpati.launch.runtime.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.h2.store.fs.FileBaseDefault;

/**
 * A {@link DatabaseFile} as H2 wants it. Reads happen on the caller's thread, all else on one of the channel's own, for which
 * the caller waits: that one nobody interrupts.
 */
final class DurableChannel extends FileBaseDefault {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("merpati-database").daemon(true).factory());
    private final Turn turn;
    private final DatabaseFile file;
    private volatile boolean abandoned;

    DurableChannel(Path path, Mount mount, boolean readOnly) throws IOException {
        turn = mount.turn();
        try {
            file = on(() -> new DatabaseFile(path, mount, readOnly));
        } catch (IOException | RuntimeException e) {
            thread.shutdown();
            throw e;
        }
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // readers don't wait for one another
    public int read(ByteBuffer into, long position) throws IOException {
        int wanted = into.remaining();
        if (wanted == 0) {
            return 0;
        }
        int count;
        if (into.hasArray()) {
            count = file.read(position, into.array(), into.arrayOffset() + into.position(), wanted);
            into.position(into.position() + count);
        } else {
            var bytes = new byte[wanted];
            count = file.read(position, bytes, 0, wanted);
            into.put(bytes, 0, count);
        }
        return count == 0 ? -1 : count;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the channel's one thread orders them
    public int write(ByteBuffer from, long position) throws IOException {
        var bytes = new byte[from.remaining()];
        from.get(bytes);
        turn.writing();
        on(() -> {
            file.write(position, bytes);
            return true;
        });
        return bytes.length;
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        on(() -> {
            file.truncate(size);
            return true;
        });
    }

    @Override
    public void force(boolean metaData) throws IOException {
        on(() -> {
            file.sync();
            return true;
        });
    }

    /** For as long as the channel is open. */
    @Override
    @SuppressWarnings("NullAway") // H2 and the JDK agree on null for a lock that somebody else has
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.lock() ? new WholeFile(this, shared) : null;
    }

    /** Others write when the copy is made. */
    void keep(Path copy) throws IOException {
        on(() -> {
            file.keep(copy);
            return true;
        });
    }

    /** Nothing is written any more, and the file is let go. */
    void abandon() throws IOException {
        abandoned = true;
        try {
            on(() -> {
                file.abandon();
                return true;
            });
        } finally {
            thread.shutdown();
        }
    }

    /** Something else of the database could not be written: what this would write now is not to be there. */
    void giveUp() {
        try {
            on(() -> {
                file.giveUp();
                return true;
            });
        } catch (IOException closed) {
            return; // nothing is written to it in that case either
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        if (abandoned) {
            return;
        }
        try {
            on(() -> {
                file.close();
                return true;
            });
        } finally {
            thread.shutdown();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T on(Work<T> work) throws IOException {
        try {
            return CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return work.run();
                                } catch (IOException e) {
                                    throw new CompletionException(e);
                                }
                            },
                            thread)
                    .join(); // does not heed interrupts
        } catch (RejectedExecutionException e) {
            throw new IOException("the database file was closed", e);
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException io -> throw new IOException(io.getMessage(), io);
                case null, default -> throw new IOException("the database file: " + e.getCause(), e);
            }
        }
    }

    private static final class WholeFile extends FileLock {
        WholeFile(FileChannel channel, boolean shared) {
            super(channel, 0, Long.MAX_VALUE, shared);
        }

        @Override
        public boolean isValid() {
            return channel().isOpen();
        }

        @Override
        public void release() {
            // goes with the file's handle
        }
    }
}
