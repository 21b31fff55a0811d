package org.merpati.launch.runtime.h2;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one connection has changed since its last commit, as the journal takes it. For one thread at a time. */
final class Changes {
    /** A larger transaction is stored at once. */
    private static final int LARGEST = 4 << 20;
    /** For statements whose number of rows is not compared: those that give out numbers of a sequence. */
    static final int ANY = -1;

    /** One execution of a statement; its values lie in the buffer up to {@code end}. */
    record Execution(String sql, int end) {}

    private final List<Execution> executions = new ArrayList<>();
    private ByteArrayOutputStream values = new ByteArrayOutputStream(0);
    private boolean others;

    /** A statement with its values, executed; {@code rows} is how many it changed. */
    void add(String sql, List<? extends @Nullable Object> given, int rows) {
        if (others) {
            return;
        }
        if (values.size() == 0) {
            values = new ByteArrayOutputStream(1_024);
        }
        try (var out = new DataOutputStream(values)) {
            out.writeInt(rows);
            out.writeShort(given.size());
            for (var value : given) {
                if (!Values.knows(value)) {
                    addOther();
                    return;
                }
                Values.write(out, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        executions.add(new Execution(sql, values.size()));
        if (values.size() > LARGEST) {
            addOther();
        }
    }

    /** Something that the journal can't take: the transaction is stored with all there is. */
    void addOther() {
        others = true;
    }

    boolean isEmpty() {
        return executions.isEmpty() && !others;
    }

    boolean fitsJournal() {
        return !others;
    }

    List<Execution> executions() {
        return executions;
    }

    byte[] values() {
        return values.toByteArray();
    }

    void clear() {
        executions.clear();
        values = new ByteArrayOutputStream(0);
        others = false;
    }
}
