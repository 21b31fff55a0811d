package org.merpati.launch.train;

import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.merpati.launch.train.Training.Scope;

/** Where it fails, a build goes on without a cache and only says so: nobody may notice. */
class TrainingTest {
    @Test
    void theServerGivesTheAnswersThatTheTrainingWaitsFor() {
        assertThatNoException().isThrownBy(() -> Training.run(Scope.CLASSES));
    }
}
