package org.merpati.core.smtp.stage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.SmtpStages;

/** The plug-ins among the beans that this jar can see: in a container those of EAR/lib, elsewhere all. */
@ApplicationScoped
public class FoundStages implements SmtpStages {
    @Inject
    @Any
    Instance<SmtpStage> beans;

    private volatile @Nullable List<SmtpStage> found;

    @Override
    public List<SmtpStage> all() {
        var stages = found;
        if (stages == null) {
            stages = beans.stream().toList();
            found = stages;
        }
        return stages;
    }
}
