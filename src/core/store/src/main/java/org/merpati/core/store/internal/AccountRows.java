package org.merpati.core.store.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Statements over some rows of an account, found by an index that begins with the account: {@code (account_id, thread_id) in
 * ((?, ?), …)}. H2 uses no more than the first column of an index for {@code account_id = ? and thread_id in (…)}, which JPQL
 * can say, and so reads all that the account has; for row values it looks each of them up, and PostgreSQL does in both
 * cases.
 */
final class AccountRows {
    /** A row of two columns that is looked for. */
    record Key(long account, long value) {}

    private final String sql;
    private final List<Key> keys;

    /**
     * @param sql with {@code :rows} where the condition stands and no other parameters
     * @param column that follows {@code account_id} in the index
     * @param keys at least one
     */
    AccountRows(String sql, String column, Collection<Key> keys) {
        this.keys = List.copyOf(keys);
        this.sql = sql.replace(
                ":rows",
                "(account_id, " + column + ") in (" + String.join(", ", Collections.nCopies(keys.size(), "(?, ?)"))
                        + ")");
    }

    static List<Key> of(long account, Collection<Long> values) {
        return values.stream().map(value -> new Key(account, value)).toList();
    }

    <T> List<T> select(Sql statements, Sql.Reader<T> reader) {
        return statements.select(reader, sql, parameters());
    }

    int update(Sql statements) {
        return statements.update(sql, parameters());
    }

    private Object[] parameters() {
        return keys.stream()
                .flatMap(key -> Stream.of(key.account(), key.value()))
                .toArray();
    }
}
