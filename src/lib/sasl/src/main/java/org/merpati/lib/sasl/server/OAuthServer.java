package org.merpati.lib.sasl.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.merpati.lib.sasl.SaslSyntaxException;
import org.merpati.lib.sasl.SaslText;
import org.merpati.lib.sasl.ScramMessage.Gs2Header;
import org.merpati.lib.sasl.Token;

/** OAUTHBEARER (RFC 7628) and XOAUTH2, which came before it and which clients of the large providers still speak. */
final class OAuthServer {
    private final OAuthHints hints;

    OAuthServer(OAuthHints hints) {
        this.hints = hints;
    }

    ServerStep bearer(byte[] message) {
        var text = SaslText.utf8(message);
        var header = Gs2Header.parse(text);
        if (header.flag() == 'p') {
            throw new SaslSyntaxException("a channel binding, which OAUTHBEARER has not");
        }
        var pairs = pairs(text, header.length());
        var user = header.actAs().isEmpty() ? Optional.<String>empty() : Optional.of(SaslText.login(header.actAs()));
        var request = new TokenRequest(
                user,
                Optional.ofNullable(pairs.get("host")),
                Optional.ofNullable(pairs.get("port")).map(OAuthServer::port));
        return check(auth(pairs), request, this::failed);
    }

    ServerStep xoauth2(byte[] message) {
        var text = SaslText.utf8(message);
        var pairs = pairs("\1" + text, 0);
        var user = pairs.get("user");
        if (user == null) {
            throw new SaslSyntaxException("expected user");
        }
        var request = new TokenRequest(Optional.of(SaslText.login(user)), Optional.empty(), Optional.empty());
        return check(auth(pairs), request, fault -> failedXoauth2());
    }

    private static ServerStep check(
            String auth, TokenRequest request, java.util.function.Function<TokenFault, ServerStep> failed) {
        var scheme = "bearer ";
        if (!auth.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return failed.apply(TokenFault.INVALID_TOKEN); // also the empty one, by which clients ask for the scope
        }
        var value = auth.substring(scheme.length()).strip();
        try {
            return new ServerStep.CheckToken(new Token(value), request, failed);
        } catch (SaslSyntaxException e) {
            return failed.apply(TokenFault.INVALID_TOKEN);
        }
    }

    /** RFC 7628 §3.2.3: a challenge tells the error, the client answers with a dummy, and only then it has failed. */
    private ServerStep failed(TokenFault fault) {
        return new ServerStep.Challenge(utf8(hints.json(fault.code())), response -> ServerStep.Refused.credentials());
    }

    private ServerStep failedXoauth2() {
        return new ServerStep.Challenge(
                utf8(hints.json("401", "schemes", "Bearer")), response -> ServerStep.Refused.credentials());
    }

    private static String auth(Map<String, String> pairs) {
        var auth = pairs.get("auth");
        if (auth == null) {
            throw new SaslSyntaxException("expected auth");
        }
        return auth;
    }

    /** {@code kvsep *kvpair kvsep} (RFC 7628 §3.1); of two of one name neither can be trusted. */
    private static Map<String, String> pairs(String text, int from) {
        int at = from;
        if (at >= text.length() || text.charAt(at) != '\1') {
            throw new SaslSyntaxException("expected a separator");
        }
        at++;
        var pairs = new LinkedHashMap<String, String>();
        while (at < text.length() && text.charAt(at) != '\1') {
            int end = text.indexOf('\1', at);
            int equals = text.indexOf('=', at);
            if (end < 0 || equals < 0 || equals > end || equals == at) {
                throw new SaslSyntaxException("expected a pair");
            }
            if (pairs.put(text.substring(at, equals), text.substring(equals + 1, end)) != null) {
                throw new SaslSyntaxException("a pair given twice");
            }
            at = end + 1;
        }
        if (at != text.length() - 1) {
            throw new SaslSyntaxException("expected the end");
        }
        return pairs;
    }

    private static int port(String digits) {
        if (!digits.matches("[1-9][0-9]{0,4}") || Integer.parseInt(digits) > 65_535) {
            throw new SaslSyntaxException("expected a port");
        }
        return Integer.parseInt(digits);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
