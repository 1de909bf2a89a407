/** How the wizard looks: themes, icons, badges, and the building blocks of pages. */
@NullMarked
package org.salvor.ui.theme;

import org.jspecify.annotations.NullMarked;
