package org.merpati.lib.jmap;

/** The capabilities that this server knows, by their URIs (RFC 8620 §2, §9.4). */
public final class CapabilityUri {
    public static final String CORE = "urn:ietf:params:jmap:core";
    public static final String MAIL = "urn:ietf:params:jmap:mail"; // RFC 8621 §1.3.1
    public static final String SUBMISSION = "urn:ietf:params:jmap:submission"; // RFC 8621 §1.3.2
    public static final String VACATION = "urn:ietf:params:jmap:vacationresponse"; // RFC 8621 §1.3.3
    public static final String MDN = "urn:ietf:params:jmap:mdn"; // RFC 9007 §1.3
    public static final String BLOB = "urn:ietf:params:jmap:blob"; // RFC 9404 §3.1
    public static final String QUOTA = "urn:ietf:params:jmap:quota"; // RFC 9425 §2.1
    public static final String VAPID = "urn:ietf:params:jmap:webpush-vapid"; // RFC 9749 §3
    public static final String WEBSOCKET = "urn:ietf:params:jmap:websocket"; // RFC 8887 §3

    private CapabilityUri() {}
}
