package org.merpati.core.smtp.stage;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.stage.SmtpStages;
import org.merpati.core.api.stage.Verdict;
import org.merpati.core.store.Migrations;
import org.merpati.launch.runtime.EmbeddedRuntime;

/** A plug-in that is a bean, found and asked by way of the real door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FoundStagesTest {
    private EmbeddedRuntime runtime;
    private Door door;

    @BeforeAll
    void start() {
        runtime = EmbeddedRuntime.builder()
                .database("jdbc:h2:mem:foundstages;LOCK_TIMEOUT=1000", "sa", "")
                .acceptVolatile(true)
                .start();
        door = runtime.get(Door.class);
    }

    @AfterAll
    void stop() {
        runtime.close();
    }

    @Test
    void aBeanThatIsAStageHasItsSayOnceTheDoorIsOpen() {
        var stages = Stages.of(Sessions.config("rewrite.recipient", "'secret@b.example'"), door);
        assertThat(stages.connect(Sessions.USUAL)).as("no schema yet").isInstanceOf(Verdict.Close.class);

        runtime.get(Migrations.class).migrate(runtime.get(DataSource.class), true);

        assertThat(stages.connect(Sessions.USUAL)).isEqualTo(Verdict.proceed());
        assertThat(stages.rcpt(Sessions.USUAL, Sessions.rcpt("", "secret@b.example")))
                .as("before rewriting")
                .isEqualTo(Verdict.refuse(550, "5.7.1", "Who told you of that address?"));
        assertThat(door.call(services -> services.get(SmtpStages.class).all().stream()
                                .map(stage -> stage.name() + " " + stage.priority())
                                .toList())
                        .orThrow())
                .containsExactly("WaryPlugIn 50");
    }
}
