"""Small pictures drawn by the script itself: a PNG and a baseline JPEG writer, and a landscape to draw with them."""

import math
import struct
import zlib


def landscape(width, height, hour, seed):
    """Rows of (r, g, b): a sky, a sun, three lines of hills and a lake; hour 0 (night) to 1 (noon)."""
    rows = []
    sun_x, sun_y = width * (0.2 + 0.6 * ((seed * 37 % 100) / 100)), height * (0.62 - 0.42 * hour)
    hills = [
        (0.52, 0.10, 2.1 + seed, (92, 112, 140)),
        (0.60, 0.08, 3.3 + seed * 2, (66, 98, 104)),
        (0.70, 0.06, 5.2 + seed * 3, (40, 76, 62)),
    ]
    for y in range(height):
        row = []
        t = y / height
        for x in range(width):
            r = 40 + 190 * t * (1.1 - hour) + 80 * hour
            g = 60 + 90 * t + 90 * hour
            b = 120 + 40 * (1 - t) + 80 * hour
            distance = math.hypot(x - sun_x, y - sun_y) / height
            glow = max(0.0, 1 - distance * 2.2) ** 2
            r, g, b = r + 160 * glow, g + 110 * glow, b + 30 * glow
            if distance < 0.07:
                r, g, b = 255, 236, 170
            for base, high, freq, colour in hills:
                edge = base + high * math.sin(freq * x / width * 2) + high / 3 * math.sin(freq * 4.7 * x / width)
                if t > edge:
                    r, g, b = (c * (0.55 + 0.45 * hour) for c in colour)
            if t > 0.84:
                wave = 12 * math.sin(x / 9.0 + y * 1.7) * math.sin(y / 2.0)
                r, g, b = 50 + 90 * glow + wave, 90 + 50 * hour + wave, 130 + 60 * hour + wave
            row.append(tuple(max(0, min(255, int(v))) for v in (r, g, b)))
        rows.append(row)
    return rows


def png(rows):
    raw = b"".join(b"\0" + bytes(v for pixel in row for v in pixel) for row in rows)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


# --- JPEG, ITU-T T.81: baseline, three components without subsampling, the example tables of annex K

ZIGZAG = [0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
          28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61,
          54, 47, 55, 62, 63]
QUANTITIES = [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
              51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
              120, 101, 72, 92, 95, 98, 112, 100, 103, 99]
DC_BITS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
DC_VALUES = list(range(12))
AC_BITS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d]
AC_VALUES = list(bytes.fromhex(
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a43"
    "4445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa"
    "b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"))
COSINES = [[math.cos((2 * x + 1) * u * math.pi / 16) * (math.sqrt(0.125) if u == 0 else 0.5) for x in range(8)]
           for u in range(8)]


def codes(bits, values):
    table, code, at = {}, 0, 0
    for length, count in enumerate(bits, 1):
        for _ in range(count):
            table[values[at]] = (code, length)
            code, at = code + 1, at + 1
        code <<= 1
    return table


def jpeg(rows, quality=0.5):
    height, width = len(rows) // 8 * 8, len(rows[0]) // 8 * 8
    quant = [max(1, min(255, int(q * quality))) for q in QUANTITIES]
    dc_codes, ac_codes = codes(DC_BITS, DC_VALUES), codes(AC_BITS, AC_VALUES)
    bits, count, out, last = 0, 0, bytearray(), [0, 0, 0]

    def put(value, length):
        nonlocal bits, count
        bits, count = bits << length | value, count + length
        while count >= 8:
            byte = bits >> count - 8 & 255
            out.append(byte)
            if byte == 255:
                out.append(0)
            count -= 8
        bits &= (1 << count) - 1

    def number(value):
        size = abs(value).bit_length()
        return size, value if value >= 0 else value + (1 << size) - 1

    def block(samples, component):
        rows_done = [[sum(COSINES[u][x] * line[x] for x in range(8)) for u in range(8)] for line in samples]
        flat = [sum(COSINES[v][y] * rows_done[y][u] for y in range(8)) for v in range(8) for u in range(8)]
        zig = [round(flat[i] / quant[i]) for i in ZIGZAG]
        size, value = number(zig[0] - last[component])
        last[component] = zig[0]
        put(*dc_codes[size])
        put(value, size)
        run = 0
        end = max((i for i in range(1, 64) if zig[i]), default=0)
        for i in range(1, end + 1):
            if zig[i] == 0:
                run += 1
                continue
            while run > 15:
                put(*ac_codes[0xf0])
                run -= 16
            size, value = number(zig[i])
            put(*ac_codes[run << 4 | size])
            put(value, size)
            run = 0
        if end < 63:
            put(*ac_codes[0])

    for y in range(0, height, 8):
        for x in range(0, width, 8):
            pixels = [row[x:x + 8] for row in rows[y:y + 8]]
            block([[0.299 * r + 0.587 * g + 0.114 * b - 128 for r, g, b in line] for line in pixels], 0)
            block([[-0.1687 * r - 0.3313 * g + 0.5 * b for r, g, b in line] for line in pixels], 1)
            block([[0.5 * r - 0.4187 * g - 0.0813 * b for r, g, b in line] for line in pixels], 2)
    put((1 << -count % 8) - 1, -count % 8)

    def segment(marker, body):
        return struct.pack(">BBH", 255, marker, len(body) + 2) + body

    frame = struct.pack(">BHHB", 8, height, width, 3) + b"".join(bytes([c, 0x11, 0]) for c in (1, 2, 3))
    return (b"\xff\xd8" + segment(0xe0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xdb, bytes([0] + [quant[i] for i in ZIGZAG]))
            + segment(0xc0, frame) + segment(0xc4, bytes([0x00] + DC_BITS + DC_VALUES))
            + segment(0xc4, bytes([0x10] + AC_BITS + AC_VALUES))
            + segment(0xda, bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])) + bytes(out) + b"\xff\xd9")
