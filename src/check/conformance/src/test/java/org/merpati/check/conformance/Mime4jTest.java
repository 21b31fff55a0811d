package org.merpati.check.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.merpati.check.conformance.Differences.Pair;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;

/**
 * The decoded bodies of Mime4j's messages, octet for octet. Its files are named by the way to the part: the message is 1, the
 * second part in it 1_2, and the message in that 1_2_1.
 */
class Mime4jTest {
    @TestFactory
    List<DynamicTest> decodedBodies() {
        var files = Samples.files("mime4j");
        var differences = Differences.read();
        var tests = new ArrayList<DynamicTest>();
        for (var file : files) {
            var name = file.getFileName().toString();
            if (name.endsWith(".msg")) {
                var sample = "mime4j:" + name.substring(0, name.length() - 4);
                tests.add(DynamicTest.dynamicTest(
                        sample, () -> differences.checkAll(sample, compare(file, decoded(file, files)))));
            }
        }
        return tests;
    }

    private static Map<String, Path> decoded(Path message, List<Path> files) {
        var start = message.toString().replace(".msg", "_decoded_");
        var decoded = new LinkedHashMap<String, Path>();
        for (var file : files) {
            var name = file.toString();
            if (name.startsWith(start) && !name.endsWith(".xml")) {
                decoded.put(name.substring(start.length(), name.lastIndexOf('.')), file);
            }
        }
        return decoded;
    }

    private static Map<String, Pair> compare(Path file, Map<String, Path> decoded) throws IOException {
        var message = Message.parse(Samples.bytes(file));
        var ours = new LinkedHashMap<String, Part>();
        collect(message.root(), "1", ours);
        var pairs = new LinkedHashMap<String, Pair>();
        for (var way : decoded.keySet()) {
            var part = ours.get(way);
            var content = new ByteArrayOutputStream();
            if (part != null) {
                message.writeContent(part, content);
            }
            var theirs = new String(Samples.bytes(decoded.get(way)), StandardCharsets.ISO_8859_1);
            pairs.put(way, new Pair(theirs, content.toString(StandardCharsets.ISO_8859_1)));
        }
        return pairs;
    }

    private static void collect(Part part, String way, Map<String, Part> all) {
        all.put(way, part);
        for (int i = 0; i < part.parts().size(); i++) {
            collect(part.parts().get(i), way + '_' + (i + 1), all);
        }
        part.message().ifPresent(inner -> collect(inner, way + "_1", all));
    }
}
