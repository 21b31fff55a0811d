package org.merpati.lib.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PatchObjects: RFC 8620 §5.3. */
class PatchTest {
    private static final String OBJECT = "{'name':'a','map':{'x':1,'a/b':2},'list':[{'n':1}],'other':true}";

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{'name':'a','map':{'x':1,'a/b':2},'list':[{'n':1}],'other':true}",
                "{'name':'b'}|{'name':'b','map':{'x':1,'a/b':2},'list':[{'n':1}],'other':true}",
                "{'name':null}|{'name':'standard','map':{'x':1,'a/b':2},'list':[{'n':1}],'other':true}",
                "{'map/y':3,'map/x':null}|{'name':'a','map':{'a/b':2,'y':3},'list':[{'n':1}],'other':true}",
                "{'map/a~1b':null}|{'name':'a','map':{'x':1},'list':[{'n':1}],'other':true}",
                "{'map/nothing':null}|{'name':'a','map':{'x':1,'a/b':2},'list':[{'n':1}],'other':true}",
                "{'list':[]}|{'name':'a','map':{'x':1,'a/b':2},'list':[],'other':true}",
                "{'map':{'z':0}}|{'name':'a','map':{'z':0},'list':[{'n':1}],'other':true}"
            })
    void aPatchChangesWhatItNames(String patch, String expected) throws Exception {
        var object = json(OBJECT);
        var changed = Patch.parse(json(patch)).applyTo(object, name -> JsonNodeFactory.instance.textNode("standard"));
        assertThat(changed).isEqualTo(json(expected));
        assertThat(object).isEqualTo(json(OBJECT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'list/0':{}}",
                "{'list/0/n':2}",
                "{'map/q/r':1}",
                "{'name/x':1}",
                "{'nothing/x':1}",
                "{'map':{},'map/x':2}",
                "{'map/x':2,'map/x/y':3}",
                "{'map~':1}",
                "{'map~2':1}"
            })
    void aPatchThatBreaksARuleIsInvalid(String patch) throws Exception {
        var object = json(OBJECT);
        var given = json(patch);
        var refused = catchThrowableOfType(
                SetException.class,
                () -> Patch.parse(given).applyTo(object, name -> JsonNodeFactory.instance.nullNode()));
        assertThat(refused.error().type()).isEqualTo("invalidPatch");
    }

    /** A path between two others does not hide that one is within the other. */
    @Test
    void prefixesAreFoundAmongManyPaths() throws Exception {
        var patch = json("{'a':1,'a-b':1,'a.b':1,'a/b':1}");
        assertThat(catchThrowableOfType(SetException.class, () -> Patch.parse(patch)))
                .isNotNull();
        var many = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, 100_000).forEach(i -> many.put("map/k" + i, true));
        assertThat(Patch.parse(many).changes()).hasSize(100_000);
    }

    @Test
    void numbersAreTheSameHoweverTheyAreHeld() {
        assertThat(Patch.same(new IntNode(5), new LongNode(5))).isTrue();
        assertThat(Patch.same(new IntNode(5), JsonNodeFactory.instance.numberNode(5.0)))
                .isTrue();
        assertThat(Patch.same(new IntNode(5), JsonNodeFactory.instance.textNode("5")))
                .isFalse();
    }
}
