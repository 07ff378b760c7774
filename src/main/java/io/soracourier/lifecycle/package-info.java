/**
 * Where the program starts, whether it is shutting down, and how long a thread may take. It uses
 * none of the others. Begin with {@link Main}.
 */
@NullMarked
package io.soracourier.lifecycle;

import org.jspecify.annotations.NullMarked;
