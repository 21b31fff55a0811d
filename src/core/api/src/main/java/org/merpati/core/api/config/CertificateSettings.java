package org.merpati.core.api.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a key and its certificates lie.
 *
 * @param setting that names the certificate's file, for messages
 * @param certificate PEM, the server's own first, or PKCS#12
 * @param key PEM; empty: in the certificate's file
 * @param password of a PKCS#12 file or an encrypted key
 */
public record CertificateSettings(String setting, Path certificate, Optional<Path> key, Optional<String> password) {
    /** Without the password. */
    @Override
    public String toString() {
        return setting + " = " + certificate;
    }
}
