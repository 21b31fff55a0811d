package org.merpati.web.push;

/** Why the server ends a connection (RFC 6455 §7.4.1). */
final class CloseCode {
    static final int GOING_AWAY = 1001;
    static final int UNSUPPORTED = 1003;
    static final int POLICY = 1008;
    static final int TOO_LARGE = 1009;
    static final int SERVER_ERROR = 1011;

    private CloseCode() {}
}
