package org.merpati.lib.expression;

/** Where in a source, both from 1; columns count characters of Java. */
public record Position(int line, int column) {
    static Position of(String source, int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < Math.min(offset, source.length()); i++) {
            if (source.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Position(line, offset - start + 1);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
