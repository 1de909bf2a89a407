/** Where the keys of a person meet what is encrypted: the same for volumes and backups. */
@NullMarked
package org.salvor.engine.keys;

import org.jspecify.annotations.NullMarked;
