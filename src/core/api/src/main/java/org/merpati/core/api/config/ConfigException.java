package org.merpati.core.api.config;

/** A setting is wrong. The message says which, where it came from and what would be right; it never holds a secret. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message, null, false, false);
    }
}
