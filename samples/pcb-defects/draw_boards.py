#!/usr/bin/env python3
"""Draws the board images of the PCB sample: one palette PNG for each row of pcb_inspections.csv.

Needs Python 3.9 or later and nothing else. Every run draws the same pixels; run it after changing a layout, the
table's boards or DEFECTS below:  python3 draw_boards.py
"""
import csv
import heapq
import math
import random
import struct
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TABLE = ROOT / "tables/demo/manufacturing/pcb_inspections.csv"
IMAGES = ROOT / "Volumes/demo/manufacturing/pcb_images"
WIDTH, HEIGHT = 160, 120

(FIXTURE, MASK, WEAVE, COPPER, TIN, HOLE, BODY, BODY_LIGHT,
 RESISTOR, CAPACITOR, TERMINAL, SILK, SOLDER, PASTE, SHADOW, LAMINATE) = range(16)
COLOURS = {
    FIXTURE: (58, 60, 66), TIN: (206, 190, 140), HOLE: (16, 16, 20), BODY: (38, 38, 42), BODY_LIGHT: (74, 74, 80),
    RESISTOR: (26, 24, 30), CAPACITOR: (178, 142, 98), TERMINAL: (188, 190, 196), SILK: (236, 236, 228),
    SOLDER: (222, 226, 234), PASTE: (138, 140, 146), SHADOW: (14, 26, 22), LAMINATE: (176, 156, 96),
}

# Each product: its solder mask, its parts (kind, centre, then pins a side or direction), and which pads a net joins.
# Coordinates are even because the router works on every second pixel.
LAYOUTS = {
    "MC3": ((20, 92, 58), {
        "U1": ("qfp", 60, 50, 6), "U2": ("soic", 112, 42, 4),
        "C1": ("cap", 26, 34, "h"), "C2": ("cap", 26, 50, "h"), "R1": ("res", 26, 66, "h"),
        "C7": ("cap", 88, 24, "h"), "R4": ("res", 88, 72, "v"), "R5": ("res", 116, 72, "h"), "C9": ("cap", 138, 62, "v"),
        "J1": ("header", 36, 98, 7), "J2": ("header", 112, 98, 2),
        "V1": ("via", 88, 50), "V2": ("via", 138, 36), "V3": ("via", 34, 82),
    }, ["U1.1 C1.2", "U1.3 C2.2", "U1.6 R1.2", "U1.7 V3", "U1.8 J1.2", "U1.10 J1.4", "U1.12 J1.6", "U1.14 R4.1",
        "U1.16 V1", "U1.18 U2.1", "U1.20 C7.1", "U2.8 V2", "U2.6 C9.1", "U2.4 R5.1", "R5.2 J2.2", "R4.2 J2.1"]),
    "SN2": ((24, 62, 128), {
        "U1": ("qfp", 52, 64, 4), "U2": ("soic", 104, 70, 4),
        "C3": ("cap", 78, 40, "v"), "C4": ("cap", 28, 44, "h"), "R2": ("res", 78, 90, "h"), "R3": ("res", 132, 62, "v"),
        "C11": ("cap", 104, 40, "h"), "J1": ("header", 36, 100, 4), "V1": ("via", 24, 64), "V2": ("via", 130, 88),
        "A1": ("pad", 30, 18), "A2": ("pad", 130, 18), "A3": ("pad", 62, 26), "A4": ("pad", 96, 16),
    }, ["A1 A3", "A3 A4", "A4 A2", "U1.15 A3", "U1.2 C4.2", "U1.3 V1", "U1.6 J1.2", "U1.7 J1.3", "U1.10 U2.2", "U1.12 C3.2",
        "U2.8 C11.2", "U2.7 R3.1", "U2.5 V2", "U2.4 R2.2", "R2.1 J1.4", "C3.1 C11.1"]),
    "PS5": ((122, 30, 34), {
        "U1": ("soic", 78, 36, 4), "U3": ("soic", 84, 76, 6), "C20": ("can", 36, 40), "C21": ("can", 128, 44),
        "R10": ("res", 78, 16, "h"), "R11": ("res", 52, 76, "v"), "C12": ("cap", 112, 76, "v"), "C13": ("cap", 104, 22, "h"),
        "J1": ("header", 24, 88, 3), "J2": ("header", 120, 98, 3), "V1": ("via", 122, 18), "V2": ("via", 58, 102),
    }, ["C20.2 U1.2", "U1.1 R10.1", "U1.8 C13.1", "C13.2 C21.1", "U1.7 C21.2", "U1.4 R11.1", "R11.2 J1.3", "U1.5 U3.12",
        "U3.3 V2", "U3.11 C12.1", "C12.2 J2.1", "U3.8 J2.2", "C20.1 J1.1", "R10.2 V1"]),
    "GW1": ((34, 44, 52), {
        "U1": ("qfp", 72, 56, 8), "U4": ("soic", 130, 50, 4),
        "R20": ("res", 28, 34, "h"), "R21": ("res", 28, 48, "h"), "C30": ("cap", 28, 64, "h"), "C31": ("cap", 108, 22, "h"),
        "C32": ("cap", 104, 84, "v"), "R22": ("res", 44, 18, "h"), "J1": ("header", 32, 102, 8), "J3": ("header", 120, 98, 2),
        "V1": ("via", 110, 60), "V2": ("via", 130, 78), "V3": ("via", 24, 82),
    }, ["U1.1 R20.2", "U1.3 R21.2", "U1.5 C30.2", "U1.8 V3", "U1.9 J1.2", "U1.11 J1.4", "U1.13 J1.6", "U1.15 J1.8", "U1.18 C32.1",
        "U1.20 V1", "U1.23 U4.2", "U1.26 C31.1", "U1.31 R22.2", "U4.5 V2", "C32.2 J3.1"]),
}
MOUNTS = {"H1": (14, 14), "H2": (146, 14), "H3": (14, 106), "H4": (146, 106)}

# What is wrong with which board, and where: the sample's answer key. A board that is not here has no defect.
#   solder_bridge: two pads          open_trace: a net by its first pad, how far along, gap in pixels
#   missing_hole: a hole             tombstone: part, the end that is still soldered
#   misalignment: part, shift right, shift down, degrees
DEFECTS = {
    "GW1-0080": ("solder_bridge", "U4.6", "U4.7"),
    "GW1-0107": ("solder_bridge", "U1.20", "U1.21"),
    "MC3-0436": ("solder_bridge", "U1.22", "U1.23"),
    "MC3-0441": ("solder_bridge", "U1.10", "U1.11"),
    "MC3-0450": ("solder_bridge", "U2.2", "U2.3"),
    "PS5-0234": ("solder_bridge", "U1.2", "U1.3"),
    "PS5-0278": ("solder_bridge", "U3.8", "U3.9"),
    "SN2-1212": ("solder_bridge", "U2.5", "U2.6"),
    "SN2-1218": ("solder_bridge", "U1.6", "U1.7"),
    "GW1-0058": ("open_trace", "U1.15", 0.5, 4),
    "GW1-0095": ("open_trace", "U1.18", 0.5, 4),
    "MC3-0421": ("open_trace", "U2.6", 0.5, 4),
    "MC3-0438": ("open_trace", "U1.12", 0.5, 4),
    "PS5-0238": ("open_trace", "U3.11", 0.45, 4),
    "PS5-0241": ("open_trace", "U1.5", 0.55, 5),
    "SN2-1202": ("open_trace", "U1.10", 0.5, 5),
    "SN2-1207": ("open_trace", "U1.15", 0.5, 5),
    "GW1-0059": ("missing_hole", "H2"),
    "GW1-0100": ("missing_hole", "V1"),
    "MC3-0410": ("missing_hole", "J1.5"),
    "MC3-0413": ("missing_hole", "H4"),
    "PS5-0263": ("missing_hole", "J2.2"),
    "PS5-0265": ("missing_hole", "H1"),
    "SN2-1184": ("missing_hole", "J1.3"),
    "GW1-0064": ("tombstone", "C31", 1),
    "GW1-0089": ("tombstone", "R22", 2),
    "MC3-0424": ("tombstone", "R5", 2),
    "MC3-0443": ("tombstone", "C7", 1),
    "PS5-0248": ("tombstone", "R11", 1),
    "PS5-0251": ("tombstone", "C13", 2),
    "SN2-1180": ("tombstone", "C3", 2),
    "SN2-1190": ("tombstone", "R2", 1),
    "GW1-0069": ("misalignment", "U1", 3, 2, 6),
    "GW1-0083": ("misalignment", "U4", 0, 2, 0),
    "MC3-0423": ("misalignment", "C2", 0, 1, 12),
    "MC3-0430": ("misalignment", "R4", 2, 0, 18),
    "PS5-0269": ("misalignment", "C20", 4, 0, 0),
    "PS5-0282": ("misalignment", "C12", 3, 0, 0),
    "SN2-1193": ("misalignment", "U2", 2, 0, 7),
    "SN2-1198": ("misalignment", "C11", 0, -3, 0),
}


class Board:
    """The pads, holes and routed nets of one product."""

    def __init__(self, parts, nets):
        self.parts = parts
        self.pads = {}   # "U1.3" -> (x, y, width, height)
        self.holes = {}  # "J1.2" -> (x, y, ring radius, hole radius)
        for name, (kind, x, y, *rest) in parts.items():
            self._place(name, kind, x, y, *rest)
        for name, (x, y) in MOUNTS.items():
            self.holes[name] = (x, y, 5, 3)
        self.paths = {}
        for net in nets:
            self._route(*net.split())

    def _place(self, name, kind, x, y, form=None):
        if kind in ("qfp", "soic"):
            for pin, pad in enumerate(pins(kind, form), 1):
                self.pads[f"{name}.{pin}"] = (x + pad[0], y + pad[1], pad[2], pad[3])
        elif kind in ("res", "cap"):
            for end, sign in ((1, -1), (2, 1)):
                self.pads[f"{name}.{end}"] = (x + sign * 6, y, 5, 6) if form == "h" else (x, y + sign * 6, 6, 5)
        elif kind == "can":
            for end, sign in ((1, 1), (2, -1)):
                self.pads[f"{name}.{end}"] = (x, y + sign * 12, 6, 7)
        elif kind == "header":
            for pin in range(form):
                self.holes[f"{name}.{pin + 1}"] = (x + 8 * pin, y, 3, 1.6)
        elif kind == "via":
            self.holes[name] = (x, y, 2.3, 1)
        else:
            self.pads[name] = (x, y, 4, 4)

    def _nodes(self, ref):
        """The router's nodes that a pad or a hole covers."""
        if ref in self.pads:
            x, y, w, h = self.pads[ref]
            reach_x, reach_y = w / 2, h / 2
        else:
            x, y, ring, _ = self.holes[ref]
            reach_x = reach_y = ring
        across, down = int(reach_x // 2), int(reach_y // 2)
        return {(x // 2 + i, y // 2 + j) for i in range(-across, across + 1) for j in range(-down, down + 1)}

    def _route(self, start, end):
        """Joins two pads by the cheapest path that keeps clear of everything else; bends cost extra."""
        taken = set()
        for ref in [*self.pads, *self.holes]:
            if ref not in (start, end):
                taken |= self._nodes(ref)
        own = {start, end}
        for (a, b), path in self.paths.items():
            if not own & {a, b}:
                taken |= set(path)
        blocked = {(x + i, y + j) for x, y in taken for i in (-1, 0, 1) for j in (-1, 0, 1)}
        for kind, x, y, *form in self.parts.values():
            if kind in ("qfp", "soic"):
                half_w, half_h = body(kind, form[0])
                blocked |= {(i, j) for i in range((x - half_w) // 2, (x + half_w) // 2 + 1)
                            for j in range((y - half_h) // 2, (y + half_h) // 2 + 1)}
        source, goal = self._centre(start), self._centre(end)
        queue, seen = [(0, source, None, None)], {}
        while queue:
            cost, node, heading, before = heapq.heappop(queue)
            if (node, heading) in seen:
                continue
            seen[node, heading] = before
            if node == goal:
                path, state = [], (node, heading)
                while state:
                    path.append(state[0])
                    state = seen[state]
                self.paths[start, end] = path[::-1]
                return
            for turn in (-1, 0, 1) if heading is not None else range(8):
                way = ((heading or 0) + turn) % 8
                step = (round(math.cos(way * math.pi / 4)), round(math.sin(way * math.pi / 4)))
                after = (node[0] + step[0], node[1] + step[1])
                if after in blocked or not (6 <= after[0] <= 74 and 6 <= after[1] <= 54):
                    continue
                price = cost + (14 if way % 2 else 10) + (6 if turn and heading is not None else 0)
                heapq.heappush(queue, (price, after, way, (node, heading)))
        raise SystemExit(f"no way from {start} to {end}")

    def _centre(self, ref):
        x, y = (self.pads.get(ref) or self.holes[ref])[:2]
        return x // 2, y // 2


def body(kind, side):
    """Half the width and half the height of a chip package."""
    return (2 * side + 2, 2 * side + 2) if kind == "qfp" else (7, 2 * side + 2)


def pins(kind, side):
    """Pads of a package around its centre, counted anticlockwise from the top left: (x, y, width, height)."""
    half_w, half_h = body(kind, side)
    row = [4 * i - 2 * (side - 1) for i in range(side)]
    x, y = half_w + 2 + half_w % 2, half_h + 2
    left, right = [(-x, d, 6, 2) for d in row], [(x, d, 6, 2) for d in reversed(row)]
    if kind == "soic":
        return left + right
    return left + [(d, y, 2, 6) for d in row] + right + [(d, -y, 2, 6) for d in reversed(row)]


class Canvas:
    def __init__(self, shift):
        self.rows = [bytearray([FIXTURE]) * WIDTH for _ in range(HEIGHT)]
        self.shift = shift

    def dot(self, x, y, colour):
        x, y = x + self.shift[0], y + self.shift[1]
        if 0 <= x < WIDTH and 0 <= y < HEIGHT:
            self.rows[y][x] = colour

    def rect(self, x, y, w, h, colour, degrees=0):
        """A filled rectangle around its centre, turned clockwise."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        reach = int(math.hypot(w, h) / 2) + 2
        for j in range(int(y) - reach, int(y) + reach + 1):
            for i in range(int(x) - reach, int(x) + reach + 1):
                u, v = i + 0.5 - x, j + 0.5 - y
                if abs(u * cos + v * sin) <= w / 2 and abs(v * cos - u * sin) <= h / 2:
                    self.dot(i, j, colour)

    def disc(self, x, y, radius, colour):
        reach = int(radius) + 1
        for j in range(-reach, reach + 1):
            for i in range(-reach, reach + 1):
                if math.hypot(i, j) <= radius + 0.3:
                    self.dot(x + i, y + j, colour)

    def png(self, palette):
        """A four-bit palette PNG without filters, which packs flat colour best."""
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        lines = b"".join(b"\0" + bytes(row[i] << 4 | row[i + 1] for i in range(0, WIDTH, 2)) for row in self.rows)
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0))
                + chunk(b"PLTE", bytes(part for colour in palette for part in colour))
                + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


def draw(board_id, station, layout):
    mask, board = layout
    # Only random() is promised to give the same numbers on every Python.
    chance = random.Random(board_id).random
    canvas = Canvas((int(chance() * 5) - 2, int(chance() * 5) - 2))
    kind, *where = DEFECTS.get(board_id, ("none",))
    canvas.rect(80, 60, 148, 108, LAMINATE)
    canvas.rect(80, 60, 146, 106, MASK)
    for _ in range(60):
        canvas.dot(8 + int(chance() * 144), 8 + int(chance() * 104), WEAVE)
    draw_copper(canvas, board, kind, where)
    bare = station == "aoi-incoming"
    draw_pads(canvas, board, TIN if bare else PASTE if station == "aoi-pre-reflow" else SOLDER)
    draw_holes(canvas, board, where[0] if kind == "missing_hole" else None)
    for name, part in board.parts.items():
        draw_outline(canvas, part)
        if not bare:
            draw_part(canvas, name, part, kind, where)
    if kind == "solder_bridge":
        (ax, ay, aw, ah), (bx, by, bw, bh) = board.pads[where[0]], board.pads[where[1]]
        canvas.rect((ax + bx) / 2, (ay + by) / 2, abs(ax - bx) + min(aw, 4), abs(ay - by) + min(ah, 4), SOLDER)
        canvas.dot((ax + bx) // 2, (ay + by) // 2, SILK)
    light = 0.94 + 0.12 * chance()
    colours = {**COLOURS, MASK: mask, WEAVE: tuple(c * 0.86 for c in mask), COPPER: tuple(c * 0.8 + 52 for c in mask)}
    return canvas.png([tuple(min(255, int(c * light)) for c in colours[i]) for i in range(16)])


def draw_copper(canvas, board, kind, where):
    for (start, _), path in board.paths.items():
        dots = []
        for (ax, ay), (bx, by) in zip(path, path[1:]):
            dots += [(ax * 2, ay * 2), (ax + bx, ay + by)]
        dots.append((path[-1][0] * 2, path[-1][1] * 2))
        broken = kind == "open_trace" and where[0] == start
        middle = where[1] * len(dots) if broken else 0
        for index, (x, y) in enumerate(dots):
            gone = broken and abs(index - middle) <= where[2] / 2
            canvas.rect(x, y, 2, 2, LAMINATE if gone else COPPER)


def draw_pads(canvas, board, finish):
    for name, (x, y, w, h) in board.pads.items():
        canvas.rect(x, y, w, h, finish if "." in name else COPPER)  # antenna points stay under the mask


def draw_holes(canvas, board, missing):
    for name, (x, y, ring, hole) in board.holes.items():
        canvas.disc(x, y, ring, TIN)
        if name != missing:
            canvas.disc(x, y, hole, HOLE)


def draw_outline(canvas, part):
    kind, x, y, *form = part
    if kind in ("qfp", "soic"):
        half_w, half_h = body(kind, form[0])
        for i in (-1, 1):
            for j in (-1, 1):
                canvas.rect(x + i * (half_w - 1), y + j * half_h, 3, 1, SILK)
        canvas.dot(x - half_w - 1, y - half_h - 1, SILK)
    elif kind == "header":
        for j in (-5, 5):
            canvas.rect(x + 4 * (form[0] - 1), y + j, 8 * form[0], 1, SILK)


def draw_part(canvas, name, part, defect, where):
    kind, x, y, *form = part
    hit = bool(where) and where[0] == name
    right, down, turn = where[1:] if hit and defect == "misalignment" else (0, 0, 0)
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def piece(dx, dy, w, h, colour):
        canvas.rect(x + right + dx * cos - dy * sin, y + down + dx * sin + dy * cos, w, h, colour, turn)

    if kind in ("qfp", "soic"):
        half_w, half_h = body(kind, form[0])
        for dx, dy, w, h in pins(kind, form[0]):
            # A lead is shorter than its pad, at the outer end.
            piece(dx - math.copysign(1, dx) * (w > h), dy - math.copysign(1, dy) * (h > w),
                  w - 2 * (w > h), h - 2 * (h > w), TERMINAL)
        piece(0, 0, 2 * half_w, 2 * half_h, BODY)
        piece(0, -half_h + 1, 2 * half_w - 2, 1, BODY_LIGHT)
        piece(-half_w + 4, -half_h + 5, 2, 2, BODY_LIGHT)
    elif kind in ("res", "cap"):
        colour = RESISTOR if kind == "res" else CAPACITOR
        along, across = (1, 0) if form[0] == "h" else (0, 1)
        if hit and defect == "tombstone":
            side = -1 if where[1] == 1 else 1
            canvas.rect(x + along * side + across * 3, y + across * side + along * 3,
                        12 if along else 5, 5 if along else 12, SHADOW)
            canvas.rect(x + along * side * 6, y + across * side * 6, 5, 5, TERMINAL)
            canvas.rect(x + along * side * 6, y + across * side * 6, 3, 3, SILK)
            canvas.rect(x + along * side * 3, y + across * side * 3,
                        2 if along else 5, 5 if along else 2, colour)
            return
        long, short = 8, 5
        piece(0, 0, long if along else short, short if along else long, colour)
        for side in (-1, 1):
            piece(5 * side * along, 5 * side * across, 3 if along else 5, 5 if along else 3, TERMINAL)
    elif kind == "can":
        canvas.disc(x + right, y + down, 10, TERMINAL)
        canvas.disc(x + right, y + down, 9, BODY_LIGHT)
        canvas.rect(x + right, y + down - 7, 10, 4, BODY)


def main():
    boards = {code: (mask, Board(parts, nets)) for code, (mask, parts, nets) in LAYOUTS.items()}
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TABLE.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        board_id = row["board_id"]
        (IMAGES / f"{board_id}.png").write_bytes(draw(board_id, row["station"], boards[board_id.split("-")[0]]))
    print(f"{len(rows)} boards drawn in {IMAGES}")


if __name__ == "__main__":
    main()
