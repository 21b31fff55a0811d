package org.merpati.core.smtp.stage;

import java.util.List;
import org.merpati.core.api.config.Network;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.Verdict;

/** {@code smtp.banned}: networks that nothing is taken from. */
final class Bans implements SmtpStage {
    private final List<Network> banned;

    Bans(List<Network> banned) {
        this.banned = List.copyOf(banned);
    }

    @Override
    public int priority() {
        return BANS;
    }

    @Override
    public Verdict connect(SmtpSessionView session) {
        return banned.stream().anyMatch(network -> network.contains(session.remoteIp()))
                ? StageRefusals.banned()
                : Verdict.proceed();
    }
}
