package org.merpati.launch.cli;

import java.util.Arrays;
import java.util.Iterator;
import org.merpati.launch.cli.MimeBuildCommand.Encoding;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code --encoding}, which no Java name can be. */
final class EncodingNames implements ITypeConverter<Encoding>, Iterable<String> {
    EncodingNames() {}

    @Override
    public Encoding convert(String value) {
        return Arrays.stream(Encoding.values())
                .filter(encoding -> encoding.toString().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("7bit, 8bit or binary, not '" + value + "'"));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Encoding.values()).map(Encoding::toString).iterator();
    }
}
