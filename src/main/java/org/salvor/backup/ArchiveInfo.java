package org.salvor.backup;

import java.util.List;

/**
 * What a backup is.
 *
 * @param format as a person knows it: "MTF 1.00a", "Windows backup stream", "EFS export"
 * @param title the medium's name or label; empty if it has none
 * @param serial what tells this backup from others: the media family, or a hash; part of every id
 * @param software the program that wrote it; empty if not told
 * @param size in bytes, of all its files together
 * @param notes sentences for a person: what is unusual, missing or damaged
 */
public record ArchiveInfo(String format, String title, String serial, String software, long size, List<String> notes) {}
