package org.merpati.lib.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PureFunctionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count([1, 2])|2",
                "count('')|0",
                "count('x')|1",
                "sort(['b', 10, 'a', 9, 1.5])|[1.5, 9, 10, a, b]",
                "sort(['a', 'b'], false)|[b, a]",
                "dedup(['b', 'a', 'b', 1, 1])|[b, a, 1]",
                "winnow(['a', '', 0, [], 'b'])|[a, 0, b]",
                "is_intersect([1, 2], [3, '2'])|true",
                "is_intersect([1], [])|false",
                "is_email('a.b@example.org')|true",
                "is_email('\"a b\"@example.org')|true",
                "is_email('ü@münchen.example')|true",
                "is_email('a@b@c')|false",
                "is_email('@x')|false",
                "is_email('a@')|false",
                "is_email('a..b@x')|false",
                "is_email('a b@x')|false",
                "is_email('a@-x')|false",
                "email_part('a@b@c', 'local')|a@b",
                "email_part('a@b@c', 'domain')|c",
                "email_part('abc', 'domain') == ''|true",
                "is_empty('')|true",
                "is_empty([])|true",
                "is_empty(0)|false",
                "is_number('12')|true",
                "is_number('-1.5')|true",
                "is_number('1e5')|false",
                "is_number(3)|true",
                "is_number('x')|false",
                "is_ip_addr('192.0.2.1')|true",
                "is_ip_addr('2001:db8::1')|true",
                "is_ip_addr('192.0.2.256')|false",
                "is_ip_addr('192.0.2')|false",
                "is_ip_addr('192.0.2.01')|false",
                "is_ip_addr('localhost')|false",
                "is_ipv4_addr('192.0.2.1')|true",
                "is_ipv4_addr('::1')|false",
                "is_ipv6_addr('::')|true",
                "is_ipv6_addr('::ffff:192.0.2.1')|true",
                "is_ipv6_addr('1:2:3:4:5:6:7:8')|true",
                "is_ipv6_addr('1:2:3:4:5:6:7::8')|false",
                "is_ipv6_addr('1:2:3:4:5:6:7')|false",
                "is_ipv6_addr('1::2::3')|false",
                "is_ipv6_addr('192.0.2.1::')|false",
                "is_ipv6_addr(':1')|false",
                "is_ipv6_addr('12345::')|false",
                "is_ip_in_cidr('192.0.2.77', '192.0.2.0/24')|true",
                "is_ip_in_cidr('192.0.3.77', '192.0.2.0/24')|false",
                "is_ip_in_cidr('192.0.2.77', '192.0.2.76/31')|true",
                "is_ip_in_cidr('192.0.2.1', '192.0.2.1')|true",
                "is_ip_in_cidr('::ffff:192.0.2.1', '192.0.2.0/24')|true",
                "is_ip_in_cidr('2001:db8::1', '2001:db8::/32')|true",
                "is_ip_in_cidr('2001:db9::1', '2001:db8::/32')|false",
                "is_ip_in_cidr('192.0.2.1', '::/0')|false",
                "is_ip_in_cidr('10.1.2.3', ['127.0.0.0/8', '10.0.0.0/8'])|true",
                "is_ip_in_cidr('no address', '0.0.0.0/0')|false",
                "ip_reverse_name('192.0.2.1')|1.2.0.192",
                "ip_reverse_name('2001:db8::1')|1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2",
                "ip_reverse_name('x') == ''|true",
                "'<' + trim('  a b \t') + '>'|<a b>",
                "'<' + trim_start('  a ') + '>'|<a >",
                "'<' + trim_end(' a  ') + '>'|< a>",
                "len('grüße')|5",
                "len('😀')|1",
                "len([1, 2, 3])|3",
                "len(1234)|4",
                "to_lowercase('ÄB')|äb",
                "to_uppercase('äb')|ÄB",
                "is_uppercase('A-Ü 1')|true",
                "is_uppercase('Aa')|false",
                "is_uppercase('12')|false",
                "is_lowercase('a ü')|true",
                "is_lowercase('aA')|false",
                "has_digits('a1')|true",
                "has_digits('a')|false",
                "count_spaces('a b\\tc')|2",
                "count_uppercase('aBCd')|2",
                "count_lowercase('aBCd')|2",
                "count_chars('banana', 'a')|3",
                "contains('hello', 'ell')|true",
                "contains(['a', 'b'], 'b')|true",
                "contains(['ab'], 'b')|false",
                "contains_ignore_case('HeLLo', 'eLl')|true",
                "contains_ignore_case(['A'], 'a')|true",
                "contains_ignore_case(['A'], 'b')|false",
                "eq_ignore_case('Straße', 'STRASSE')|true",
                "eq_ignore_case('a', 'b')|false",
                "starts_with('abc', 'ab')|true",
                "starts_with('abc', 'b')|false",
                "ends_with('abc', 'bc')|true",
                "ends_with('abc', 'b')|false",
                "lines('a\\r\\nb\\n\\nc')|[a, b, , c]",
                "substring('hello', 1, 3)|ell",
                "substring('hello', 3)|lo",
                "substring('😀b', 1, 1)|b",
                "substring('ab', 9, 9) == ''|true",
                "substring('ab', 1, 9223372036854775807)|b",
                "strip_prefix('+tag', '+')|tag",
                "strip_prefix('tag', '+')|tag",
                "strip_suffix('a.org', '.org')|a",
                "strip_suffix('a.net', '.org')|a.net",
                "split('a,b,,c', ',')|[a, b, , c]",
                "split('', ',')|[]",
                "rsplit('a,b,c', ',')|[c, b, a]",
                "split_once('a@b@c', '@')|[a, b@c]",
                "split_once('abc', '@')|[]",
                "rsplit_once('a@b@c', '@')|[a@b, c]",
                "split_n('a,b,c,d', ',', 2)|[a, b,c,d]",
                "split_n('a,b', ',', 9)|[a, b]",
                "split_words('Grüße, it''s 2 words!')|[Grüße, it, s, 2, words]",
                "hash('abc', 'md5')|900150983cd24fb0d6963f7d28e17f72",
                "hash('abc', 'sha1')|a9993e364706816aba3e25717850c26c9cd0d89d",
                "hash('abc', 'sha256')|ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "len(hash('abc', 'sha512'))|128",
                "if_then(1 < 2, 'a', 'b')|a",
            })
    void functionsGiveWhatTheTableSays(String source, String expected) {
        assertThat(ExpressionTest.of(source.replace("it''s", "it\\'s"))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort('x')",
                "sort([[1]])",
                "dedup(1)",
                "is_intersect([1], 1)",
                "trim([])",
                "email_part('a@b', 'tld')",
                "is_ip_in_cidr('192.0.2.1', '192.0.2.0/33')",
                "is_ip_in_cidr('192.0.2.1', 'x/8')",
                "is_ip_in_cidr('192.0.2.1', '192.0.2.0/')",
                "count_chars('a', 'ab')",
                "substring('a', -1)",
                "substring('a', 'x')",
                "split('a', '')",
                "split_n('a', ',', 0)",
                "hash('a', 'crc')",
                "1 - 'x'",
                "-'x'",
                "[1] + 'x'",
                "[1] - [1]",
                "1 < 'x'",
                "true < false",
                "[1] < [2]",
                "1[0]",
                "[1]['x']",
                "matches('x', [])"
            })
    void aValueOfTheWrongKindIsSaid(String source) {
        assertThatThrownBy(() -> ExpressionTest.of(source))
                .isInstanceOfSatisfying(
                        EvaluationException.class,
                        e -> assertThat(e.fault()).isEqualTo(EvaluationException.Fault.KIND));
    }

    /** FEATURES P-EX-3. */
    @Test
    void thereAreFortyFour() {
        assertThat(PureFunction.values()).hasSize(44);
    }
}
