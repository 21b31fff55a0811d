package org.merpati.check.bench.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line of {@code --name value} pairs. */
record Options(Map<String, String> given) {
    /** Ends the program with the help when it is asked for, or anything else is there. */
    static Options of(String[] arguments, List<String> names, String help) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(help);
            System.exit(0);
        }
        var given = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            var name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!names.contains(name) || i + 1 == arguments.length) {
                System.err.print(help);
                System.exit(2);
            }
            given.put(name, arguments[i + 1]);
        }
        return new Options(given);
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    /** Ends the program when it is no whole number above zero. */
    int number(String name, int otherwise) {
        var text = text(name, Integer.toString(otherwise));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            System.err.println("--" + name + " takes a whole number above zero");
            System.exit(2);
        }
        return Integer.parseInt(text);
    }
}
