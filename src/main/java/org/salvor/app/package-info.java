/** Start-up and wiring: the launcher, the settings, and the one place where every constructor is called. */
@NullMarked
package org.salvor.app;

import org.jspecify.annotations.NullMarked;
