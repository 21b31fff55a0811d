package org.merpati.lib.mime.field;

/** Content-Disposition (RFC 2183): {@code inline}, {@code attachment} or another kind, in lower case. */
public record Disposition(String kind, Parameters parameters) {}
