package org.merpati.lib.sasl.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.sasl.ScramCredential;
import org.merpati.lib.sasl.ScramHash;

/**
 * Whatever a client sends, each answer is a step; SCRAM never accepts, since no input knows the keys. Messages stand between
 * octets 0xff; the first octet chooses mechanism and channel.
 */
class ServerFuzzTest {
    private static final SaslServer SERVER = Servers.all(() -> "s");

    @FuzzTest
    void messages(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int choice = input[0] & 0xff;
        var channel = choice >= 128 ? Servers.TLS : Servers.UNBOUND;
        var offered = SERVER.offered(channel);
        var mechanism = offered.get(choice % offered.size());
        var messages = split(input);
        ServerStep step =
                SERVER.start(mechanism, channel, messages.isEmpty() ? Optional.empty() : Optional.of(messages.get(0)));
        for (int i = 1; i < 8; i++) {
            switch (step) {
                case ServerStep.Challenge challenge ->
                    step = challenge.respond(i < messages.size() ? messages.get(i) : new byte[0]);
                case ServerStep.FindScramCredential find -> {
                    step = (choice & 1) == 0 ? find.found(credential(find.hash())) : find.unknown();
                    i--;
                }
                case ServerStep.CheckPassword check -> {
                    check.password().close();
                    return;
                }
                case ServerStep.CheckToken check -> step = check.refused(TokenFault.INVALID_TOKEN);
                case ServerStep.Accepted accepted -> throw new AssertionError(accepted.identity());
                case ServerStep.Refused refused -> {
                    return;
                }
            }
        }
    }

    private static ScramCredential credential(ScramHash hash) {
        return new ScramCredential(new byte[16], 4096, new byte[hash.length()], new byte[hash.length()]);
    }

    private static List<byte[]> split(byte[] input) {
        var messages = new ArrayList<byte[]>();
        int from = 1;
        for (int i = 1; i <= input.length; i++) {
            if (i == input.length || input[i] == (byte) 0xff) {
                messages.add(Arrays.copyOfRange(input, from, i));
                from = i + 1;
            }
        }
        return messages;
    }
}
