package org.salvor.filesystem;

/**
 * One name of a file in one folder.
 *
 * @param parentKey the folder's key as this name quotes it (see {@link FoundFile#folderKeys()})
 */
public record FoundName(long parentKey, String name) {}
