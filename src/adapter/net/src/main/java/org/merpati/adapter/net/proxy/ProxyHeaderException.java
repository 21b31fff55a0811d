package org.merpati.adapter.net.proxy;

import java.io.IOException;

/** What came is no PROXY header. */
public final class ProxyHeaderException extends IOException {
    ProxyHeaderException(String message) {
        super(message);
    }
}
