"""Fills the mounted practice disk, and deletes from it.  Called by make-practice.sh:

    practice_files.py fill MOUNT STATE      writes every file, remembers size, SHA-256 and fate in STATE
    practice_files.py delete MOUNT STATE    overwrites two files as a busy computer would, then deletes
    practice_files.py manifest IMAGE STATE  prints the manifest
"""

import calendar
import hashlib
import io
import json
import os
import random
import struct
import sys
import zipfile

from practice_pictures import jpeg, landscape, png

WORDS = ("the a of and to in for with on at from by about over after house garden river market letter summer winter evening "
         "morning train bridge window kitchen neighbour teacher doctor friend street harbour mountain forest road bread apple "
         "coffee paper clock music story picture journey answer question plan price number account signature contract month "
         "year week quiet old new small long early late good bright heavy green red walks finds writes remembers promises pays "
         "counts opens closes carries brings waits answers begins ends").split()
DAY = calendar.timegm((2024, 3, 1, 9, 0, 0))
COMPRESSED, SPARSE_GAP = 0x800, 600_000


def prose(seed, size):
    """English-looking text of exactly this size."""
    chance, lines = random.Random(seed), []
    total = 0
    while total < size:
        line = " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 14))).capitalize() + ".\n"
        lines.append(line)
        total += len(line)
    return "".join(lines).encode()[:size - 1] + b"\n"


def table(seed, rows):
    chance, lines = random.Random(seed), ["date;what;amount"]
    for row in range(rows):
        lines.append(f"2024-{row % 12 + 1:02}-{row % 28 + 1:02};{chance.choice(WORDS)} {chance.choice(WORDS)};"
                     f"{chance.randint(100, 99999) / 100:.2f}")
    return ("\n".join(lines) + "\n").encode()


def archive(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(zipfile.ZipInfo(name, (2024, 3, 1, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def office(main, content_type, body):
    """The smallest package that word processors and spreadsheets open (ECMA-376, part 2)."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    types = ("http://schemas.openxmlformats.org/package/2006/content-types",
             "application/vnd.openxmlformats-package.relationships+xml")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return archive([
        ("[Content_Types].xml", f'{head}<Types xmlns="{types[0]}"><Default Extension="rels" ContentType="{types[1]}"/>'
                                f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'),
        ("_rels/.rels", f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                        f'<Relationship Id="rId1" Type="{relation}" Target="{main}"/></Relationships>'),
        (main, head + body)])


def document(seed, size):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in prose(seed, size).decode().splitlines())
    return office("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                  f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>')


def noise(seed, size):
    return random.Random(seed).randbytes(size)


def picture(hour, seed, width=480, height=300):
    return landscape(width, height, hour, seed)


def plan():
    """(path, content, fate).  Fates: live, deleted, partly, overwritten."""
    long_name = "Minutes of the meeting of the allotment garden association about the new water pipe, " * 2
    return [
        # still there
        ("Read me first.txt", b"This is the practice disk of Salvor: a small real NTFS volume.\n"
                              b"Somebody deleted three folders from it, and went on working for a while.\n", "live"),
        ("Pictures/Garden.jpg", jpeg(picture(0.9, 7)), "live"),
        ("Documents/Shopping list.txt", b"bread\ncoffee\napples\n", "live"),
        ("Documents/Telephone list.csv", table(1, 60), "live"),
        # deleted, in deleted folders
        ("Documents/Letters/Letter to the landlord.txt", prose(10, 640), "deleted"),
        ("Documents/Letters/Complaint about the train.txt", prose(11, 5_300), "deleted"),
        ("Documents/Letters/Empty draft.txt", b"", "deleted"),
        ("Documents/Thesis/Chapter 1.md", prose(12, 21_345), "deleted"),
        ("Documents/Thesis/Chapter 2.md", prose(13, 34_001), "deleted"),
        ("Documents/Thesis/Thesis final (2).docx", document(14, 60_000), "deleted"),
        ("Documents/Thesis/" + long_name[:180] + ".txt", prose(15, 9_999), "deleted"),
        ("Documents/Recipes/Großmutters Apfelkuchen.txt", "Äpfel, Mehl, Butter, Zucker. Eine Stunde bei 180 °C.\n".encode(), "deleted"),
        ("Documents/Recipes/Рецепт борща.txt", "Свёкла, капуста, картофель, мясо.\n".encode() * 40, "deleted"),
        ("Documents/Recipes/味噌汁.txt", "だし、味噌、豆腐、わかめ。\n".encode() * 90, "deleted"),
        ("Documents/Recipes/Bread from the internet.html", b"<html><body><h1>Bread</h1><pre>" + prose(16, 6_000) + b"</pre></body></html>\n", "deleted"),
        ("Pictures/Summer 2023/Sunset.png", png(picture(0.1, 3)), "deleted"),
        ("Pictures/Summer 2023/Hills.jpg", jpeg(picture(0.5, 4, 640, 400)), "deleted"),
        ("Pictures/Summer 2023/Lake at noon.jpg", jpeg(picture(1.0, 5)), "deleted"),
        ("Pictures/Summer 2023/🌄 Morning.png", png(picture(0.3, 6, 360, 240)), "deleted"),
        ("Pictures/Summer 2023/Originals/Hills raw.dat", noise(20, 90_000), "deleted"),
        ("Budget/2023.csv", table(30, 400), "deleted"),
        ("Budget/2024.csv", table(31, 900), "deleted"),
        ("Budget/Invoices/Invoice 0001.txt", prose(32, 1_200), "deleted"),
        ("Budget/Invoices/Invoice 0002.txt", prose(33, 480), "deleted"),
        ("Budget/Invoices/Lease signed.txt", prose(34, 7_700), "deleted"),
        ("Budget/Old account books.zip", archive([(f"{year}.csv", table(year, 700)) for year in (2019, 2020, 2021)]), "overwritten"),
        ("Budget/Diary of expenses.txt", prose(35, 163_840), "partly"),
        ("Budget/Bank statements.log", prose(36, 3_000) * 60, "deleted"),
        ("Budget/Disk of the old computer.dat", None, "deleted"),
    ]


LZNT1 = "Budget/Bank statements.log"
SPARSE = "Budget/Disk of the old computer.dat"
LINK = ("Budget/Invoices/Lease signed.txt", "Documents/Letters/Lease.txt")
STREAMS = [
    ("Documents/Recipes/Bread from the internet.html", "Zone.Identifier",
     b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.org/bread.html\r\n"),
    ("Documents/Thesis/Thesis final (2).docx", "Reviewer notes", prose(40, 5_000)),
]
DELETED_FOLDERS = ["Documents/Letters", "Documents/Thesis", "Documents/Recipes", "Pictures/Summer 2023/Originals",
                   "Pictures/Summer 2023", "Budget/Invoices", "Budget"]
# live files that took the room of deleted ones: path, file whose place they take, share of it
NEWCOMERS = [("Downloads/Film.part", "Budget/Old account books.zip", 1.0),
             ("Downloads/Update.bin", "Budget/Diary of expenses.txt", 0.5)]
FILLER = "Downloads/Cache"
CLUSTER = 4096


def sha(content):
    return hashlib.sha256(content).hexdigest()


def sparse_parts():
    return [(0, prose(41, 8_192)), (SPARSE_GAP // CLUSTER * CLUSTER, noise(42, 12_288))], 1_000_000


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def times(root, path, at):
    """The four times of $STANDARD_INFORMATION, in 100 ns since 1601."""
    ticks = (at + 11_644_473_600) * 10_000_000
    os.setxattr(os.path.join(root, path), "system.ntfs_times_be",
                b"".join(struct.pack(">Q", t) for t in (ticks - 36_000_000_000, ticks, ticks, ticks)))


def newcomer_size(state, victim, share):
    clusters = -(-state["files"][victim]["size"] // CLUSTER)
    return int(clusters * share) * CLUSTER


def fill(root, state_file):
    state = {"files": {}}
    for path, content, fate in plan():
        full = os.path.join(root, path)
        if content is None:
            parts, size = sparse_parts()
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.truncate(size)
                for offset, piece in parts:
                    file.seek(offset)
                    file.write(piece)
            with open(full, "rb") as file:
                content = file.read()
        elif path == LZNT1:
            write(full, b"")
            os.setxattr(full, "system.ntfs_attrib_be", struct.pack(">I", COMPRESSED))
            with open(full, "r+b") as file:
                file.write(content)
        else:
            write(full, content)
        state["files"][path] = {"size": len(content), "sha256": sha(content), "state": fate, "streams": []}
    os.link(os.path.join(root, LINK[0]), os.path.join(root, LINK[1]))
    state["files"][LINK[1]] = dict(state["files"][LINK[0]], state="unlinked")
    for path, name, content in STREAMS:
        with open(os.path.join(root, path) + ":" + name, "wb") as stream:
            stream.write(content)
        state["files"][path]["streams"].append({"name": name, "size": len(content), "sha256": sha(content)})
    # their records must exist before anything is deleted, or they would take the deleted files' records
    for path, _, _ in NEWCOMERS:
        write(os.path.join(root, path), b"")
    write(os.path.join(root, FILLER), b"")
    for number, path in enumerate(sorted(state["files"])):
        times(root, path, DAY + number * 86_400)
    with open(state_file, "w", encoding="utf-8") as out:
        json.dump(state, out)


def delete(root, state_file):
    with open(state_file, encoding="utf-8") as file:
        state = json.load(file)
    # no room is left but that of the two victims, so that the newcomers must take it
    with open(os.path.join(root, FILLER), "r+b", buffering=0) as filler:
        piece = 1 << 20
        while piece >= CLUSTER:
            try:
                filler.write(b"\0" * piece)
                filler.flush()
            except OSError:
                piece //= 2
    for path, victim, share in NEWCOMERS:
        os.remove(os.path.join(root, victim))
        content = noise(path, newcomer_size(state, victim, share))
        with open(os.path.join(root, path), "r+b") as file:
            file.write(content)
        state["files"][path] = {"size": len(content), "sha256": sha(content), "state": "live", "streams": []}
    content = b"cache, emptied\n"
    write(os.path.join(root, FILLER), content)
    state["files"][FILLER] = {"size": len(content), "sha256": sha(content), "state": "live", "streams": []}
    for path in (NEWCOMERS[0][0], NEWCOMERS[1][0], FILLER):
        times(root, path, DAY + 90 * 86_400)
    os.remove(os.path.join(root, LINK[1]))
    for path, entry in state["files"].items():
        if entry["state"] == "deleted":
            os.remove(os.path.join(root, path))
    for folder in DELETED_FOLDERS:
        os.rmdir(os.path.join(root, folder))
    for path in ("Documents", "Pictures", "Downloads"):
        times(root, path, DAY + 91 * 86_400)
    with open(state_file, "w", encoding="utf-8") as out:
        json.dump(state, out)


def manifest(image, state_file):
    with open(state_file, encoding="utf-8") as file:
        state = json.load(file)
    with open(image, "rb") as file:
        content = file.read()
    result = {
        "format": "salvor-practice-manifest", "version": 1,
        "states": {"live": "still there", "deleted": "deleted, every byte is left", "partly": "deleted, a part was overwritten",
                   "overwritten": "deleted, all of it was overwritten", "unlinked": "a further name of a deleted file, deleted before it"},
        "image": {"size": len(content), "sha256": sha(content)},
        "folders": [{"path": path, "state": "deleted"} for path in DELETED_FOLDERS],
        "files": [dict(path=path, **entry) for path, entry in sorted(state["files"].items())],
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    {"fill": fill, "delete": delete, "manifest": manifest}[sys.argv[1]](sys.argv[2], sys.argv[3])
