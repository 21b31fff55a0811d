package org.merpati.core.jmap;

import java.util.List;
import java.util.Optional;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

/**
 * A kind of record that {@code /get} reads (RFC 8620 §1.6.3, §5.1). What else is done with it is in {@link ChangingType},
 * {@link QueryType}, {@link SetType} and {@link CopyType}: the standard methods are written once, against these.
 */
public interface DataType<T> {
    /** {@code Email}. */
    String name();

    /**
     * What one call wants to know of each record.
     *
     * @param properties empty for the default ones
     * @param in to read further arguments from
     */
    View<T> view(Optional<List<String>> properties, Arguments in) throws MethodException;
}
