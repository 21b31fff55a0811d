package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.merpati.core.store.Emails;
import org.merpati.lib.jmap.RequestLimits;
import org.merpati.lib.jmap.json.JsonLimits;

/** What the API takes (RFC 8620 §2), as announced and as enforced. */
public final class Limits {
    /** Octets of one request. */
    public static final long SIZE_REQUEST = 10_000_000;
    /** Requests of one account at once. */
    public static final int CONCURRENT_REQUESTS = 8;
    /** Ids one {@code /get} takes, and one {@code /query} gives: one page of the store. */
    public static final int OBJECTS = Emails.PAGE;

    private static final int CALLS_IN_REQUEST = 16;
    private static final int JSON_DEPTH = 100;
    private static final int JSON_TOKENS = 500_000;

    private Limits() {}

    public static RequestLimits request() {
        return new RequestLimits(new JsonLimits(SIZE_REQUEST, JSON_DEPTH, JSON_TOKENS), CALLS_IN_REQUEST);
    }

    /** The value of {@code urn:ietf:params:jmap:core}. Nothing is uploaded or set yet, so those limits are 0. */
    static ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("maxSizeUpload", 0);
        json.put("maxConcurrentUpload", 0);
        json.put("maxSizeRequest", SIZE_REQUEST);
        json.put("maxConcurrentRequests", CONCURRENT_REQUESTS);
        json.put("maxCallsInRequest", CALLS_IN_REQUEST);
        json.put("maxObjectsInGet", OBJECTS);
        json.put("maxObjectsInSet", 0);
        json.putArray("collationAlgorithms"); // the one sort there is compares dates
        return json;
    }
}
