package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.merpati.core.api.directory.Principal;
import org.merpati.core.api.mail.IdKind;
import org.merpati.lib.jmap.json.JsonWriter;

/**
 * The session object (RFC 8620 §2).
 *
 * @param state changes when, and only when, anything else in it does
 */
public record JmapSession(ObjectNode json, String state) {
    /** @param base of this server's absolute addresses, without a slash at its end */
    static JmapSession of(Principal caller, URI base, List<JmapCapability> capabilities) {
        var json = JsonNodeFactory.instance.objectNode();
        var offered = json.putObject("capabilities");
        capabilities.stream()
                .filter(JmapCapability::offered)
                .forEach(capability -> offered.set(capability.uri(), capability.inSession(base)));
        var accounts = json.putObject("accounts");
        var primary = json.putObject("primaryAccounts");
        if (caller instanceof Principal.User user) {
            var id = IdKind.ACCOUNT.id(user.account().value());
            var account = accounts.putObject(id);
            account.put("name", user.name());
            account.put("isPersonal", true);
            account.put("isReadOnly", false);
            var inAccount = account.putObject("accountCapabilities");
            for (var capability : capabilities) {
                capability.inAccount().ifPresent(value -> {
                    inAccount.set(capability.uri(), value);
                    primary.put(capability.uri(), id);
                });
            }
        }
        json.put("username", caller.name());
        json.put("apiUrl", base + "/jmap/api");
        json.put("downloadUrl", base + "/jmap/download/{accountId}/{blobId}/{name}?type={type}");
        json.put("uploadUrl", base + "/jmap/upload/{accountId}/");
        json.put("eventSourceUrl", base + "/jmap/eventsource/?types={types}&closeafter={closeafter}&ping={ping}");
        var state = digest(json);
        return new JmapSession(json.put("state", state), state);
    }

    private static String digest(ObjectNode json) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(JsonWriter.bytes(json));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
