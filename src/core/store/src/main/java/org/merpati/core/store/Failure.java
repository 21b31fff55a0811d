package org.merpati.core.store;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicCommitException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.door.FailureKind;

/**
 * What a thrown exception means, by its root cause: the outer type differs from home to home (RollbackException on
 * WildFly, TransactionalException on Payara, EJBException around either).
 *
 * @param repeatable whether the same unit may simply be run again: it is rolled back for certain and may succeed
 */
record Failure(FailureKind kind, boolean repeatable) {
    private static final int DEEPEST = 30;
    private static final Pattern STORE_CODE = Pattern.compile("/[1-4]]$");
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "HYT00");
    private static final int H2_LOCK_TIMEOUT = 50200;
    private static final int H2_CONCURRENT_UPDATE = 90131;
    /** H2: I/O error, database open for reading alone, store closed after a failed write, database closed. */
    private static final Set<Integer> H2_STORE_FAILED = Set.of(90028, 90030, 90031, 90097, 90098, 90121);

    static Failure of(Throwable thrown) {
        boolean inCommit = false;
        boolean inStatement = false;
        SQLException sql = null;
        var at = thrown;
        for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
            if (isStoreFailure(at) || Arrays.stream(at.getSuppressed()).anyMatch(Failure::hasStoreFailure)) {
                return new Failure(FailureKind.NO_SPACE, false);
            }
            switch (at) {
                case NoSpaceException e -> {
                    return new Failure(FailureKind.NO_SPACE, false);
                }
                case HeuristicMixedException e -> inCommit = true;
                case HeuristicRollbackException e -> inCommit = true;
                case HeuristicCommitException e -> inCommit = true;
                case RollbackException e -> inCommit = true;
                case PersistenceException e -> inStatement = true;
                case SQLException e -> sql = e;
                default -> {
                    // EclipseLink's own exception stands below the PersistenceException or, at commit, alone
                    inStatement |= at.getClass().getName().endsWith(".DatabaseException");
                }
            }
        }
        if (sql != null) {
            return ofSql(sql, inStatement);
        }
        return inCommit ? new Failure(FailureKind.ROLLED_BACK, false) : new Failure(FailureKind.BUG, false);
    }

    /** H2 could not write or open its file; the transaction manager keeps that aside when it happens at the commit. */
    private static boolean hasStoreFailure(Throwable thrown) {
        var at = thrown;
        for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
            if (isStoreFailure(at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStoreFailure(Throwable thrown) {
        var message = thrown.getMessage();
        // its codes 1 to 4: reading, writing, internal, closed
        return thrown.getClass().getName().equals("org.h2.mvstore.MVStoreException")
                && message != null
                && STORE_CODE.matcher(message).find();
    }

    private static Failure ofSql(SQLException e, boolean inStatement) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        if (CONFLICTS.contains(state)
                || e.getErrorCode() == H2_LOCK_TIMEOUT
                || e.getErrorCode() == H2_CONCURRENT_UPDATE) {
            return new Failure(FailureKind.ROLLED_BACK, true);
        }
        if (H2_STORE_FAILED.contains(e.getErrorCode()) || state.startsWith("53") || state.equals("25006")) {
            return new Failure(FailureKind.NO_SPACE, false);
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            // a statement that failed can't have been committed; a commit that failed can
            return inStatement
                    ? new Failure(FailureKind.NO_CONNECTION, true)
                    : new Failure(FailureKind.UNKNOWN_OUTCOME, false);
        }
        return new Failure(FailureKind.ROLLED_BACK, false);
    }
}
