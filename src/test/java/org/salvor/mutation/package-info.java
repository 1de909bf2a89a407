/** Damaged images: nothing that a source says may crash, hang or lead out of the target. */
package org.salvor.mutation;
