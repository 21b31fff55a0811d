package org.merpati.core.store;

import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.FailureKind;
import org.merpati.core.api.door.Outcome;

/**
 * Keys that nobody is told and nobody sets. They are in the database, as that is what the servers of a cluster have in common:
 * who can read it has the users' verifiers as well.
 */
public interface ServerSecrets {
    /** Of what SCRAM shows for logins that there are not: the same by every protocol, on every server, after every restart. */
    String SCRAM_DECOYS = "scram-decoys";

    /** Of each, in octets. */
    int LENGTH = 32;

    /**
     * The secret of this name, always the same; made by whoever asks first.
     *
     * @param name at most 64 characters
     */
    byte[] of(String name);

    /** The same through a door. Two servers may make it at the same moment: who comes second takes the first one's. */
    static byte[] of(Door door, String name) {
        var outcome = door.call(services -> services.get(ServerSecrets.class).of(name));
        if (outcome instanceof Outcome.Failed<byte[]>(var kind, var id) && kind == FailureKind.ROLLED_BACK) {
            outcome = door.call(services -> services.get(ServerSecrets.class).of(name));
        }
        return outcome.orThrow();
    }
}
