package org.merpati.check.containers.plugin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.merpati.core.api.stage.AddressVerdict;
import org.merpati.core.api.stage.MailRequest;
import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.Verdict;
import org.merpati.core.store.Domains;

/** Refuses one sender, after a look at the store: a plug-in is injected like any bean, and its services work. */
@ApplicationScoped
public class RefusingStage implements SmtpStage {
    public static final String SENDER = "refused@plug-in.example";
    public static final String DOMAIN = "example.org";

    @Inject
    Domains domains;

    @Override
    public AddressVerdict mail(SmtpSessionView session, MailRequest request) {
        return request.sender().equals(SENDER) && domains.find(DOMAIN).isPresent()
                ? Verdict.refuse(550, "5.7.1", "A plug-in does not want this sender")
                : Verdict.proceed();
    }
}
