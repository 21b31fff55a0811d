/**
 * What makes H2's commits durable: the file below it (docs/adr/0009), which H2 reaches by {@code jdbc:h2:durable:PATH}, and
 * the journal of the transactions that it has not stored there yet (docs/adr/0018).
 *
 * <p>H2 writes a commit as one chunk into free space and fsyncs nothing. Here each chunk is written, covered by one fsync
 * and only then visible. Invariants, which {@link org.merpati.launch.runtime.h2.DatabaseFile} holds:
 * <ul>
 * <li>a chunk's first octet is wrong on disk until the chunk is durable, so that H2's recovery never meets a torn one;
 * <li>of the file's two header blocks one always names the last durable commit, with the length and CRC-32C of its chunk:
 *     a commit writes the other one, under the same fsync as the chunk;
 * <li>what a chunk refers to (copies that compaction made) is durable before the header that names the chunk;
 * <li>after a failed write or fsync nothing more is written through this handle, and the next one begins at the last
 *     commit that was durable for certain;
 * <li>no fsync happens on a caller's thread: an interrupt can't close the file.
 * <li>on a disk that has become read-only the file is opened for reading alone, and the first change that comes when the disk
 *     takes writes again has it opened anew; one that is read-only at the start is an error.
 * </ul>
 * The file is at any time one that H2 opens by itself too, though without what the journal has; a file that H2 made by itself is
 * taken over as it is.
 *
 * <p>The journal's invariants, which {@link org.merpati.launch.runtime.h2.OpenDatabase} and
 * {@link org.merpati.launch.runtime.h2.Journal} hold:
 * <ul>
 * <li>a commit is answered when its record is durable, or what it changed is in the file;
 * <li>records are in the order of the commits, and a transaction that changes something has the turn from its first change on:
 *     done again in that order they change the same rows;
 * <li>the file says, in the same chunk, up to which record it holds what was committed;
 * <li>of the journal's two files the one that is written over holds nothing that the database's file lacks.
 * </ul>
 */
@NullMarked
package org.merpati.launch.runtime.h2;

import org.jspecify.annotations.NullMarked;
