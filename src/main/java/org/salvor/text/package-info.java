/** Every text a person reads, from one bundle. */
@NullMarked
package org.salvor.text;

import org.jspecify.annotations.NullMarked;
