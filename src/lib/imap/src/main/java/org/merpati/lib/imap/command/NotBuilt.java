package org.merpati.lib.imap.command;

/** A command that the standard has and this server does not do yet. Its arguments are passed over, not judged. */
public record NotBuilt(String verb) implements AnyStateCommand {}
