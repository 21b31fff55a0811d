package org.merpati.lib.sasl.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import org.merpati.lib.sasl.Password;
import org.merpati.lib.sasl.client.ClientStep.Respond;
import org.merpati.lib.sasl.client.Credentials.WithPassword;
import org.merpati.lib.sasl.server.Servers;

/**
 * Whatever a server sends, each answer is a step, and none that must prove itself is believed. Messages stand between octets
 * 0xff; the first octet chooses the mechanism.
 */
class ClientFuzzTest {
    private static final ClientMechanism[] PROVING = {
        ClientMechanism.SCRAM_SHA_256_PLUS,
        ClientMechanism.SCRAM_SHA_256,
        ClientMechanism.SCRAM_SHA_1,
        ClientMechanism.DIGEST_MD5
    };

    private static final SaslClient CLIENT = new SaslClient(
            new WithPassword("user", Password.of("pencil"), Optional.empty()),
            new Service("smtp", "mail.example", 587),
            true,
            Servers.TLS.bindings(),
            () -> "c");

    @FuzzTest
    void challenges(byte[] input) {
        if (input.length == 0) {
            return;
        }
        ClientStep step = CLIENT.start(PROVING[(input[0] & 0xff) % PROVING.length]);
        int from = 1;
        for (int i = 1; i <= input.length; i++) {
            if (!(step instanceof Respond respond)) {
                return;
            }
            if (i == input.length || input[i] == (byte) 0xff) {
                step = respond.challenge(Arrays.copyOfRange(input, from, i));
                from = i + 1;
                if (step instanceof Respond next && next.success() instanceof ClientStep.Authenticated) {
                    throw new AssertionError("believed");
                }
            }
        }
    }
}
