package org.merpati.core.jmap.mail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.merpati.core.jmap.ChangesMethod;
import org.merpati.core.jmap.CopyMethod;
import org.merpati.core.jmap.GetMethod;
import org.merpati.core.jmap.JmapCapability;
import org.merpati.core.jmap.JmapMethod;
import org.merpati.core.jmap.Limits;
import org.merpati.core.jmap.PushedType;
import org.merpati.core.jmap.QueryChangesMethod;
import org.merpati.core.jmap.QueryMethod;
import org.merpati.core.jmap.SetMethod;
import org.merpati.lib.jmap.CapabilityUri;

/** {@code urn:ietf:params:jmap:mail} (RFC 8621 §1.3.1), mail as it is stored. */
public final class MailCapability implements JmapCapability {
    @Override
    public String uri() {
        return CapabilityUri.MAIL;
    }

    @Override
    public ObjectNode inSession() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public Optional<ObjectNode> inAccount() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putNull("maxMailboxesPerEmail");
        json.putNull("maxMailboxDepth");
        json.put("maxSizeMailboxName", MailboxSet.LONGEST_NAME);
        json.put("maxSizeAttachmentsPerEmail", Limits.SIZE_UPLOAD);
        EmailOrder.PROPERTIES.forEach(json.putArray("emailQuerySortOptions")::add);
        json.put("mayCreateTopLevelMailbox", true);
        return Optional.of(json);
    }

    @Override
    public List<PushedType> pushed() {
        return MailPush.types();
    }

    @Override
    public List<JmapMethod> methods() {
        var mailboxes = new MailboxType();
        var mailboxQuery = new MailboxQuery();
        var threads = new ThreadType();
        var emailQuery = new EmailQuery();
        return List.of(
                new GetMethod<>(mailboxes),
                new ChangesMethod(mailboxes),
                new QueryMethod(mailboxQuery),
                new QueryChangesMethod(mailboxQuery),
                new SetMethod(new MailboxSet()),
                new GetMethod<>(threads),
                new ChangesMethod(threads),
                new GetMethod<>(new EmailType()),
                new ChangesMethod(new EmailChanges()),
                new QueryMethod(emailQuery),
                new QueryChangesMethod(emailQuery),
                new SetMethod(new EmailSet()),
                new CopyMethod(new EmailCopy()),
                new EmailImport(),
                new EmailParse(),
                new SearchSnippets());
    }
}
