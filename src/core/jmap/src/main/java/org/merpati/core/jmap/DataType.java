package org.merpati.core.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.merpati.core.api.door.Services;
import org.merpati.core.api.mail.AccountId;
import org.merpati.core.api.mail.IdKind;

/**
 * A kind of record that the standard methods work on (RFC 8620 §1.6.3, §5): those are written once, against this.
 *
 * @param name {@code Email}
 * @param ids the kind of its ids
 * @param number a record's number, which its id is made of
 * @param properties all of them but {@code id}, each with how to read it from a record; all are given by default
 * @param load the records of these numbers that the account has, and the state; inside the door
 * @param loadAll all there are, or empty when that is more than the limit; inside the door
 */
public record DataType<T>(
        String name,
        IdKind ids,
        ToLongFunction<T> number,
        SequencedMap<String, Function<T, JsonNode>> properties,
        Load<T> load,
        LoadAll<T> loadAll) {

    /** Records as they were read, and a state that is no newer than any of them. */
    public record Loaded<T>(List<T> records, String state) {}

    /** @see DataType#load() */
    @FunctionalInterface
    public interface Load<T> {
        Loaded<T> load(Services services, AccountId account, List<Long> numbers);
    }

    /** @see DataType#loadAll() */
    @FunctionalInterface
    public interface LoadAll<T> {
        Optional<Loaded<T>> load(Services services, AccountId account, int limit);
    }
}
