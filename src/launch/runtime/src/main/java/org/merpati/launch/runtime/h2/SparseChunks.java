package org.merpati.launch.runtime.h2;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;

/**
 * Writes sparse chunks anew, and no others. What H2 offers to everybody, {@code MVStore.compact}, takes the oldest first however dense
 * they are: under steady change it wrote four times as much and let the file grow to four times its live data. H2's own
 * housekeeping uses the method with a threshold that is called here; it is not public, so an H2 without it fails at the start.
 */
final class SparseChunks {
    /** Percent of a chunk alive, at most. */
    static final int SPARSE = 50;

    private static final MethodHandle REWRITE;
    private static final MethodHandle UNDER_STORE_LOCK;

    static {
        try {
            var lookup = MethodHandles.lookup();
            REWRITE = MethodHandles.privateLookupIn(FileStore.class, lookup)
                    .findVirtual(
                            FileStore.class,
                            "rewriteChunks",
                            MethodType.methodType(boolean.class, int.class, int.class));
            UNDER_STORE_LOCK = MethodHandles.privateLookupIn(MVStore.class, lookup)
                    .findVirtual(
                            MVStore.class,
                            "tryExecuteUnderStoreLock",
                            MethodType.methodType(Object.class, Callable.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this H2 can't write sparse chunks anew", e);
        }
    }

    private SparseChunks() {}

    /**
     * Whether any were. The store is to be committed then.
     *
     * @param octets of what is alive in them, at most; larger chunks stay
     */
    static boolean rewrite(MVStore store, FileStore<?> file, int octets) {
        Callable<Boolean> work = () -> (boolean) invoke(REWRITE, file, octets, SPARSE);
        return Boolean.TRUE.equals(invoke(UNDER_STORE_LOCK, store, work)); // null when the lock was not to be had
    }

    private static Object invoke(MethodHandle method, Object... arguments) {
        try {
            return method.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
