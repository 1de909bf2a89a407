/** JNA to Windows where Java has no way. Nothing here is loaded on another system. */
@NullMarked
package org.salvor.windows;

import org.jspecify.annotations.NullMarked;
