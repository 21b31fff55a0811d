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
    /** Ids one {@code /get} takes, objects one {@code /set} takes, and ids one {@code /query} gives: one page of the store. */
    public static final int OBJECTS = Emails.PAGE;

    /** Ids one {@code /changes} gives. */
    public static final int CHANGES = 500;
    /** Octets of one upload, and of what is attached to one email. */
    public static final long SIZE_UPLOAD = 50_000_000;
    /** Uploads of one account at once. */
    public static final int CONCURRENT_UPLOADS = 4;

    private static final int CALLS_IN_REQUEST = 16;
    private static final int JSON_DEPTH = 100;
    private static final int JSON_TOKENS = 500_000;

    private Limits() {}

    public static RequestLimits request() {
        return new RequestLimits(new JsonLimits(SIZE_REQUEST, JSON_DEPTH, JSON_TOKENS), CALLS_IN_REQUEST);
    }

    /** The value of {@code urn:ietf:params:jmap:core}. */
    static ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("maxSizeUpload", SIZE_UPLOAD);
        json.put("maxConcurrentUpload", CONCURRENT_UPLOADS);
        json.put("maxSizeRequest", SIZE_REQUEST);
        json.put("maxConcurrentRequests", CONCURRENT_REQUESTS);
        json.put("maxCallsInRequest", CALLS_IN_REQUEST);
        json.put("maxObjectsInGet", OBJECTS);
        json.put("maxObjectsInSet", OBJECTS);
        var collations = json.putArray("collationAlgorithms");
        Collation.NAMES.forEach(collations::add);
        return json;
    }
}
