/**
 * The file below H2 that makes a commit durable (docs/adr/0009): H2 reaches it by {@code jdbc:h2:durable:PATH}.
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
 * At any time the file is one that H2 opens by itself too; a file that H2 made by itself is taken over as it is.
 */
@NullMarked
package org.merpati.launch.runtime.h2;

import org.jspecify.annotations.NullMarked;
