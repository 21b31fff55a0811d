package org.merpati.launch.cli;

/** A command can't do what it was asked for; the message is all that the caller needs. */
final class Refused extends RuntimeException {
    Refused(String message) {
        super(message, null, false, false);
    }
}
