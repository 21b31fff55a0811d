package org.merpati.check.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** One account's mail over JMAP (RFC 8620, RFC 8621), newest first. */
final class JmapMailbox {
    private final Web web;
    private final JsonNode session;
    private final String account;

    private JmapMailbox(Web web, JsonNode session) {
        this.web = web;
        this.session = session;
        this.account = session.at("/primaryAccounts/urn:ietf:params:jmap:mail").asText();
    }

    static JmapMailbox open(URI server, String user, String password) throws IOException {
        var web = new Web(user, password);
        return new JmapMailbox(web, Web.json(web.get(server.resolve("/.well-known/jmap"))));
    }

    /** Email/query and, by a back reference, Email/get. */
    List<JsonNode> emails() throws IOException {
        var request = """
                {"using": ["urn:ietf:params:jmap:core", "urn:ietf:params:jmap:mail"], "methodCalls": [
                  ["Email/query", {"accountId": "%1$s", "sort": [{"property": "receivedAt", "isAscending": false}]}, "q"],
                  ["Email/get", {"accountId": "%1$s", "properties": ["id", "blobId", "size", "receivedAt"],
                    "#ids": {"resultOf": "q", "name": "Email/query", "path": "/ids"}}, "g"]]}""".formatted(account);
        var answer = Web.json(web.post(URI.create(session.path("apiUrl").asText()), request));
        var found = new ArrayList<JsonNode>();
        for (var response : answer.path("methodResponses")) {
            if (response.path(0).asText().equals("Email/get")) {
                response.path(1).path("list").forEach(found::add);
                return found;
            }
        }
        throw new IOException("no Email/get in " + answer);
    }

    byte[] download(JsonNode email) throws IOException {
        var address = session.path("downloadUrl")
                .asText()
                .replace("{accountId}", account)
                .replace("{blobId}", email.path("blobId").asText())
                .replace("{name}", "message.eml")
                .replace("{type}", "message%2Frfc822");
        var response = web.get(URI.create(address));
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered " + response.statusCode());
        }
        return response.body();
    }
}
