package org.merpati.lib.mime.write;

import java.util.random.RandomGenerator;

/** What nobody guesses and nothing else happens to be: 128 random bits. */
final class Chance {
    private Chance() {}

    /** In lower-case letters and digits. */
    static String letters(RandomGenerator random) {
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }
}
