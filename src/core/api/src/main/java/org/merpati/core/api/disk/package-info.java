/**
 * The disk as the files see it that must survive a power cut: the database, its journal, the segments of the blob store.
 *
 * <p>They are opened for writing here and nowhere else, so that a simulated device or one that fails can stand below all
 * of them. Nothing that was written is durable before {@link org.merpati.core.api.disk.DiskFile#force}, and a new file's
 * name not before {@link org.merpati.core.api.disk.Disk#syncFolder}.
 */
@NullMarked
package org.merpati.core.api.disk;

import org.jspecify.annotations.NullMarked;
