package org.merpati.core.store.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.store.PlatformHolder;
import org.merpati.core.store.PushSubscriptions;

@ApplicationScoped
@Transactional
public class StoredPushSubscriptions implements PushSubscriptions {
    private static final String COLUMNS =
            "select id, account_id, device, url, p256dh, auth, code, verified, expires, types from push_subscription where ";

    @Inject
    Sql sql;

    @Inject
    PlatformHolder server;

    @Override
    public Optional<Subscription> add(Subscription wanted) {
        // the account's row stays locked until the end, so that two can't pass the limit together
        var owner = sql.select(
                row -> row.getLong(1),
                "select id from account where id = ? and removed is null for update",
                wanted.account().value());
        if (owner.isEmpty() || list(wanted.account()).size() >= MOST) {
            return Optional.empty();
        }
        long id = sql.select(row -> row.getLong(1), "select nextval('push_subscription_seq')")
                .getFirst();
        var keys = wanted.keys();
        sql.update(
                "insert into push_subscription (id, account_id, device, url, p256dh, auth, code, verified, expires, types)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                wanted.account().value(),
                wanted.device(),
                wanted.url(),
                keys.map(Keys::p256dh).orElse(""),
                keys.map(Keys::auth).orElse(""),
                wanted.code(),
                wanted.verified(),
                wanted.expires().toEpochMilli(),
                text(wanted.types()));
        return find(id);
    }

    @Override
    public List<Subscription> list(AccountId account) {
        return sql.select(
                StoredPushSubscriptions::read,
                COLUMNS + "account_id = ? and expires > ? order by id",
                account.value(),
                now());
    }

    @Override
    public Optional<Subscription> find(long id) {
        return sql.select(StoredPushSubscriptions::read, COLUMNS + "id = ? and expires > ?", id, now()).stream()
                .findFirst();
    }

    @Override
    public List<Subscription> verified(long after) {
        return sql.select(
                StoredPushSubscriptions::read,
                COLUMNS + "id > ? and expires > ? and verified order by id fetch first " + PAGE + " rows only",
                after,
                now());
    }

    @Override
    public boolean update(Subscription changed) {
        return sql.update(
                        "update push_subscription set verified = ?, expires = ?, types = ?"
                                + " where id = ? and account_id = ? and expires > ?",
                        changed.verified(),
                        changed.expires().toEpochMilli(),
                        text(changed.types()),
                        changed.id(),
                        changed.account().value(),
                        now())
                == 1;
    }

    @Override
    public boolean remove(AccountId account, long id) {
        return sql.update("delete from push_subscription where id = ? and account_id = ?", id, account.value()) == 1;
    }

    @Override
    public int expire() {
        return sql.update("delete from push_subscription where expires <= ?", now());
    }

    private long now() {
        return server.platform().clock().instant().toEpochMilli();
    }

    /** {@code *} for all of them. */
    private static String text(Optional<Set<String>> types) {
        return types.map(some -> String.join(",", new TreeSet<>(some))).orElse("*");
    }

    private static Optional<Set<String>> types(String text) {
        return text.equals("*")
                ? Optional.empty()
                : Optional.of(text.isEmpty() ? Set.of() : Set.of(text.split(",", -1)));
    }

    private static Subscription read(ResultSet row) throws SQLException {
        var p256dh = row.getString(5);
        return new Subscription(
                row.getLong(1),
                new AccountId(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                p256dh.isEmpty() ? Optional.empty() : Optional.of(new Keys(p256dh, row.getString(6))),
                row.getString(7),
                row.getBoolean(8),
                Instant.ofEpochMilli(row.getLong(9)),
                types(row.getString(10)));
    }
}
