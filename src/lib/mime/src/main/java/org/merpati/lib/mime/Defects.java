package org.merpati.lib.mime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a message: of each kind no more than anybody reads. */
final class Defects {
    private static final int MOST_OF_A_KIND = 100;

    private final List<Defect> all = new ArrayList<>(0);
    private final Map<Defect.Kind, Integer> counts = new EnumMap<>(Defect.Kind.class);

    void add(Defect.Kind kind, long offset) {
        if (counts.merge(kind, 1, Integer::sum) <= MOST_OF_A_KIND) {
            all.add(new Defect(kind, offset));
        }
    }

    List<Defect> all() {
        return all;
    }
}
