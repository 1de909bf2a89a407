/** The wizard. The only room, besides app, that knows JavaFX. */
@NullMarked
package org.salvor.ui;

import org.jspecify.annotations.NullMarked;
