package org.merpati.launch.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.merpati.launch.runtime.h2.DurableFilePath;

/** Where the database is and who we are there. */
record DatabaseAddress(String url, String user, String password) {
    private static final Pattern IN_MEMORY = Pattern.compile("^jdbc:h2:(.*[:/])?(nio)?mem(fs|lzf)?:.*");

    /**
     * H2 on disk, on the file that makes commits durable; {@code DurableDriver} stores them in groups. There is no WRITE_DELAY:
     * each connection would set it anew, and H2 would store by itself, amid transactions, until the driver has put it back. Only
     * {@link ConnectionPool#close} closes the database.
     *
     * @param retention how long superseded chunks are kept before their space is used again
     */
    static DatabaseAddress inFolder(Path data, Duration retention) {
        var file = fileIn(data);
        if (file.toString().contains(";")) {
            throw new IllegalStateException("H2 can't use a folder with a semicolon in its name: " + data);
        }
        return new DatabaseAddress(
                "jdbc:h2:" + DurableFilePath.SCHEME + ":" + file
                        + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1"
                        + ";PAGE_SIZE=4096;MAX_COMPACT_TIME=0;LOCK_TIMEOUT=10000;CACHE_SIZE=65536;RETENTION_TIME="
                        + retention.toMillis(),
                "sa",
                "");
    }

    /** Without H2's ending. */
    static Path fileIn(Path data) {
        return data.toAbsolutePath().normalize().resolve("database").resolve("merpati");
    }

    /** H2 on the file of ours. */
    boolean isDurable() {
        return url.startsWith("jdbc:h2:" + DurableFilePath.SCHEME + ":");
    }

    boolean isH2() {
        return url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
    }

    /** Another process owns the database, so it is not ours to shut down. */
    boolean isH2Elsewhere() {
        var address = url.toLowerCase(Locale.ROOT);
        return address.startsWith("jdbc:h2:tcp:") || address.startsWith("jdbc:h2:ssl:");
    }

    boolean isVolatile() {
        return IN_MEMORY.matcher(url.toLowerCase(Locale.ROOT)).matches();
    }

    /** For messages: without what may hold a password. */
    String shown() {
        return url.replaceAll("[;?].*", "");
    }

    @Override
    public String toString() {
        return shown();
    }
}
