package org.merpati.core.smtp.stage;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpStages;

/** The plug-ins behind the door, looked for when the first session asks: the door may open later than this is made. */
final class PlugIns {
    private final Door door;
    private final PlugInThreads threads;
    private volatile @Nullable List<SmtpStage> found;

    PlugIns(Door door, PlugInThreads threads) {
        this.door = door;
        this.threads = threads;
    }

    /** Empty as long as nobody can say which there are. */
    Optional<List<SmtpStage>> all() {
        var known = found;
        if (known == null) {
            Outcome<List<SmtpStage>> outcome = door.call(services -> {
                var stages = services.get(SmtpStages.class).all();
                return IntStream.range(0, stages.size())
                        .<SmtpStage>mapToObj(place -> of(place, stages.get(place)))
                        .toList();
            });
            if (!(outcome instanceof Outcome.Done<List<SmtpStage>>(var stages))) {
                return Optional.empty();
            }
            known = stages;
            found = stages;
        }
        return Optional.of(known);
    }

    private PlugIn of(int place, SmtpStage stage) {
        return new PlugIn(place, stage.name(), stage.priority(), door, threads);
    }
}
