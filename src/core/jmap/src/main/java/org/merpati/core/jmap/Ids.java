package org.merpati.core.jmap;

import java.util.List;
import org.merpati.core.api.mail.IdKind;

/** Ids in an order, a result of a query: as long as the account's mail, so not all of them are texts at once. */
public interface Ids {
    int size();

    String get(int place);

    /** -1 when it is not among them. */
    int indexOf(String id);

    static Ids of(List<String> ids) {
        var all = List.copyOf(ids);
        return new Ids() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public String get(int place) {
                return all.get(place);
            }

            @Override
            public int indexOf(String id) {
                return all.indexOf(id);
            }
        };
    }

    /** @param numbers which must not change */
    static Ids of(IdKind kind, long[] numbers) {
        return new Ids() {
            @Override
            public int size() {
                return numbers.length;
            }

            @Override
            public String get(int place) {
                return kind.id(numbers[place]);
            }

            @Override
            public int indexOf(String id) {
                var number = kind.parse(id);
                for (int place = 0; number.isPresent() && place < numbers.length; place++) {
                    if (numbers[place] == number.getAsLong()) {
                        return place;
                    }
                }
                return -1;
            }
        };
    }
}
