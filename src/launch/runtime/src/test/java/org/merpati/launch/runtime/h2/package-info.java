@NullMarked
package org.merpati.launch.runtime.h2;

import org.jspecify.annotations.NullMarked;
