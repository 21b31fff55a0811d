package org.merpati.core.smtp.stage;

import jakarta.enterprise.context.ApplicationScoped;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.RcptRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.Verdict;

/** What somebody who extends the server may write. */
@ApplicationScoped
public class WaryPlugIn implements SmtpStage {
    @Override
    public int priority() {
        return 50;
    }

    @Override
    public AddressVerdict rcpt(SmtpSessionView session, RcptRequest request) {
        return request.recipient().startsWith("secret@")
                ? Verdict.refuse(550, "5.7.1", "Who told you of that address?")
                : Verdict.proceed();
    }
}
