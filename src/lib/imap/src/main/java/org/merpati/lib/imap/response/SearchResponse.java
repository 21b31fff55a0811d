package org.merpati.lib.imap.response;

/** What a search has found. */
public sealed interface SearchResponse extends Response permits SearchResult, ExtendedResult, Threads {}
