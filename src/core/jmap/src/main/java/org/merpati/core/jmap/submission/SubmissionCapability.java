package org.merpati.core.jmap.submission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.Platform;
import org.merpati.core.api.config.Settings;
import org.merpati.core.api.watch.Change;
import org.merpati.core.jmap.AccountState;
import org.merpati.core.jmap.ChangesMethod;
import org.merpati.core.jmap.GetMethod;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.QueryChangesMethod;
import org.merpati.core.jmap.QueryMethod;
import org.merpati.core.jmap.SetMethod;
import org.merpati.core.transport.StoringReception;
import org.merpati.lib.jmap.CapabilityUri;
import org.merpati.lib.smtp.Extension;

/** {@code urn:ietf:params:jmap:submission} (RFC 8621 §1.3.2). */
public final class SubmissionCapability implements JmapCapability {
    private final Platform platform;

    public SubmissionCapability(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String uri() {
        return CapabilityUri.SUBMISSION;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("maxDelayedSend", Outgoing.LONGEST_WAIT.toSeconds());
        var extensions = json.putObject("submissionExtensions");
        for (var extension : SmtpWords.HONOURED) {
            var parameters = extensions.putArray(extension.keyword());
            if (extension == Extension.SIZE) {
                parameters.add(String.valueOf(
                        platform.config().get(Settings.SMTP_MAX_MESSAGE).octets()));
            } else if (extension == Extension.FUTURERELEASE) { // RFC 4865 §4: an interval, and a time that is beyond it
                parameters
                        .add(String.valueOf(Outgoing.LONGEST_WAIT.toSeconds()))
                        .add("9999-12-31T23:59:59Z");
            }
        }
        return Optional.of(json);
    }

    @Override
    public List<PushedType> pushed() {
        return List.of(
                new AccountState("Identity", Change.Kind.IDENTITY),
                new AccountState("EmailSubmission", Change.Kind.SUBMISSION));
    }

    @Override
    public List<JmapMethod> methods() {
        var identities = new IdentityType();
        var submissions = new SubmissionType();
        var query = new SubmissionQuery();
        var reception = new StoringReception(platform.config(), platform.blobs(), platform.clock());
        return List.of(
                new GetMethod<>(identities),
                new ChangesMethod(identities),
                new SetMethod(new IdentitySet()),
                new GetMethod<>(submissions),
                new ChangesMethod(submissions),
                new QueryMethod(query),
                new QueryChangesMethod(query),
                new SetMethod(new SubmissionSet(reception)));
    }
}
