package org.merpati.lib.jmap;

import java.util.List;
import java.util.Optional;

/**
 * The arguments of every {@code /get} (RFC 8620 §5.1). A type may have more: who asks for those calls {@link Arguments#end}.
 *
 * @param ids empty for all there are
 * @param properties empty for the type's default
 */
public record Get(String accountId, Optional<List<String>> ids, Optional<List<String>> properties) {
    public static Get parse(Arguments in) throws MethodException {
        return new Get(in.string("accountId"), in.optionalStrings("ids"), in.optionalStrings("properties"));
    }
}
