package org.merpati.lib.jmap.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.lib.jmap.Arguments;
import org.merpati.lib.jmap.MethodException;

class EmailQueryTest {
    private static EmailQuery parse(String rest) throws Exception {
        var json = "{\"accountId\":\"ab\"" + rest.replace('\'', '"') + "}";
        return EmailQuery.parse(new Arguments((ObjectNode) new ObjectMapper().readTree(json)));
    }

    @Test
    void whatIsLeftOutHasTheRfcsDefaults() throws Exception {
        assertThat(parse("")).isEqualTo(new EmailQuery("ab", Optional.empty(), false, 0, Optional.empty(), false));
        assertThat(parse(",'filter':null,'sort':null,'limit':null,'anchor':null,'collapseThreads':false"))
                .isEqualTo(parse(""));
    }

    @Test
    void everythingSupportedIsRead() throws Exception {
        assertThat(parse(",'filter':{'inMailbox':'mb'},'sort':[{'property':'receivedAt'}],'position':-5,'limit':10,"
                        + "'calculateTotal':true,'anchorOffset':3"))
                .isEqualTo(new EmailQuery("ab", Optional.of("mb"), true, -5, Optional.of(10L), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",'filter':{'text':'x'} | unsupportedFilter",
                ",'filter':{'operator':'AND','conditions':[]} | unsupportedFilter",
                ",'filter':{'inMailbox':'mb','minSize':1} | unsupportedFilter",
                ",'filter':[] | invalidArguments",
                ",'filter':{'inMailbox':1} | invalidArguments",
                ",'sort':[{'property':'subject'}] | unsupportedSort",
                ",'sort':[{'property':'receivedAt'},{'property':'size'}] | unsupportedSort",
                ",'sort':[{}] | invalidArguments",
                ",'sort':['receivedAt'] | invalidArguments",
                ",'sort':[{'property':'receivedAt','isAscending':1}] | invalidArguments",
                ",'limit':-1 | invalidArguments",
                ",'limit':1.5 | invalidArguments",
                ",'position':null | invalidArguments",
                ",'position':9007199254740992 | invalidArguments",
                ",'position':1e300 | invalidArguments",
                ",'anchor':'eb' | invalidArguments",
                ",'collapseThreads':true | invalidArguments",
                ",'calculateTotal':null | invalidArguments",
                ",'nonsense':1 | invalidArguments"
            })
    void everythingElseIsRefusedByItsName(String arguments, String type) {
        var refused = catchThrowableOfType(MethodException.class, () -> parse(arguments));
        assertThat(refused.error().type()).isEqualTo(type);
        assertThat(refused.error().description()).isNotEmpty();
    }
}
