package org.merpati.launch.runtime;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where the database is and who we are there. */
record DatabaseAddress(String url, String user, String password) {
    private static final Pattern IN_MEMORY = Pattern.compile("^jdbc:h2:(.*[:/])?(nio)?mem(fs|lzf)?:.*");

    /**
     * H2 on disk. {@code retry:} opens the file again when an interrupt has closed its channel; WRITE_DELAY=0 writes at
     * each commit, and without reuse of space (RETENTION_TIME, docs/adr/0007) a killed process loses none of them; only
     * {@link ConnectionPool#close} closes the database.
     */
    static DatabaseAddress inFolder(Path data) {
        var file = data.toAbsolutePath().normalize().resolve("database").resolve("merpati");
        if (file.toString().contains(";")) {
            throw new IllegalStateException("H2 can't use a folder with a semicolon in its name: " + data);
        }
        return new DatabaseAddress(
                "jdbc:h2:retry:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1"
                        + ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256;CACHE_SIZE=65536;RETENTION_TIME=2147483647",
                "sa",
                "");
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
