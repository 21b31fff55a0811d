package org.merpati.lib.mime;

import java.util.Arrays;

/** Where the fields of one header stand, counted from its first octet: three places each, as {@link Header} has them. */
final class FieldPlaces {
    private int[] places = new int[3 * 32];
    private int ended;
    private boolean open;

    void clear() {
        ended = 0;
        open = false;
    }

    /** With the one that has begun. */
    int count() {
        return open ? ended + 1 : ended;
    }

    void begin(int start, int bodyStart) {
        if (3 * ended + 3 > places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[3 * ended] = start;
        places[3 * ended + 1] = bodyStart;
        open = true;
    }

    /** Ends the field that has begun, if any has. */
    void end(int place) {
        if (open) {
            places[3 * ended + 2] = place;
            ended++;
            open = false;
        }
    }

    int[] places() {
        return Arrays.copyOf(places, 3 * ended);
    }
}
