package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;

/** How one {@code /get} call reads records. */
public interface View<T> {
    /** Records as they were read, and a state that is no newer than any of them. */
    record Loaded<T>(List<T> records, String state) {
        public Loaded {
            records = List.copyOf(records);
        }
    }

    /** How many ids {@link #load} takes. */
    int page();

    /** Those of these ids that the account has, in any order; inside the door. No id is checked yet. */
    Loaded<T> load(Services services, AccountId account, List<String> ids);

    /** The ids of all there are; empty when they are more than the limit, or the type can't tell. Inside the door. */
    Optional<List<String>> all(Services services, AccountId account, int limit);

    String id(T one);

    /** With its id; outside the door. */
    ObjectNode json(T one, Call call) throws IOException;
}
