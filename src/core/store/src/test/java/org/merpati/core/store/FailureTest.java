package org.merpati.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.merpati.core.api.blob.NoSpaceException;
import org.merpati.core.api.door.FailureKind;

class FailureTest {
    @Test
    void aDeadlockIsRolledBackAndMayBeRepeated() {
        for (var state : new String[] {"40001", "40P01"}) {
            var failure = Failure.of(wrapped(new PersistenceException(new SQLException("deadlock", state))));
            assertThat(failure.kind()).isEqualTo(FailureKind.ROLLED_BACK);
            assertThat(failure.repeatable()).isTrue();
        }
    }

    @Test
    void aBrokenConstraintIsRolledBackForGood() {
        var failure = Failure.of(rollback(new SQLException("unique", "23505")));
        assertThat(failure).isEqualTo(new Failure(FailureKind.ROLLED_BACK, false));
    }

    @Test
    void aConnectionLostInAStatementIsKnownAndOneLostInTheCommitIsNot() {
        assertThat(Failure.of(wrapped(new PersistenceException(new SQLException("gone", "08006")))))
                .isEqualTo(new Failure(FailureKind.NO_CONNECTION, true));
        assertThat(Failure.of(rollback(new SQLException("gone", "08006"))))
                .isEqualTo(new Failure(FailureKind.UNKNOWN_OUTCOME, false));
    }

    @Test
    void aFullDiskIsToldFromTheRest() {
        assertThat(Failure.of(wrapped(new SQLException("closed", "90098", 90098)))
                        .kind())
                .isEqualTo(FailureKind.NO_SPACE);
        assertThat(Failure.of(wrapped(new SQLException("read only", "90097", 90097)))
                        .kind())
                .isEqualTo(FailureKind.NO_SPACE);
        assertThat(Failure.of(wrapped(new SQLException("disk full", "53100"))).kind())
                .isEqualTo(FailureKind.NO_SPACE);
        assertThat(Failure.of(wrapped(new NoSpaceException("full"))).kind()).isEqualTo(FailureKind.NO_SPACE);
    }

    @Test
    void anythingElseIsABug() {
        assertThat(Failure.of(new NullPointerException())).isEqualTo(new Failure(FailureKind.BUG, false));
        assertThat(Failure.of(new StackOverflowError())).isEqualTo(new Failure(FailureKind.BUG, false));
    }

    private static Throwable wrapped(Throwable root) {
        return new IllegalStateException(new RuntimeException(root));
    }

    private static Throwable rollback(SQLException root) {
        var rollback = new RollbackException("at commit");
        rollback.initCause(root);
        return new IllegalStateException(rollback);
    }
}
