"""The Merkle tree of RFC 6962 over SHA-256 (section 2.1; RFC 9162 has the same tree): pure functions over bytes.

A tree grows at its right end. What is needed to let it grow is not its leaves but the roots of its largest complete
subtrees, from the left: one for each bit of its size. They are called its `edge` here.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate

HASH_BYTES = 32

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of the tree without leaves."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree by its size and its edge. `Tree()` is empty."""

    size: int = 0
    edge: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where the edge is not that of a tree of this size."""
        if self.size < 0 or len(self.edge) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has no edge of {len(self.edge)} hashes")
        if any(len(one) != HASH_BYTES for one in self.edge):
            raise ValueError("a hash of the edge has not 32 bytes")

    @property
    def root(self) -> bytes:
        """The root hash."""
        if not self.edge:
            return EMPTY_ROOT
        *_, root = accumulate(reversed(self.edge), lambda right, left: node_hash(left, right))
        return root

    def grown(self, leaves: Iterable[bytes]) -> "Tree":
        """Return the tree with `leaves` added at its right end."""
        size, edge, sha256 = self.size, list(self.edge), hashlib.sha256
        for leaf in leaves:
            # Without a call for each of many thousand leaves; `node_hash` has the same for a few.
            added, complete = sha256(b"\x00" + leaf).digest(), size
            while complete & 1:
                added = sha256(b"\x01" + edge.pop() + added).digest()
                complete >>= 1
            edge.append(added)
            size += 1
        return Tree(size, tuple(edge))


def audit_paths(leaves: Iterable[bytes], positions: Collection[int]) -> dict[int, list[bytes]]:
    """Return the audit paths (RFC 6962, section 2.1.1) of the leaves at these positions, from the leaf to the root.

    The leaves are read once, and kept no longer than they are looked at.
    """
    paths: dict[int, list[bytes]] = {position: [] for position in positions}
    edge = list[tuple[bytes, list[int]]]()

    def join(left: tuple[bytes, list[int]], right: tuple[bytes, list[int]]) -> tuple[bytes, list[int]]:
        for position in left[1]:
            paths[position].append(right[0])
        for position in right[1]:
            paths[position].append(left[0])
        return node_hash(left[0], right[0]), [*left[1], *right[1]]

    for position, leaf in enumerate(leaves):
        added = hashlib.sha256(b"\x00" + leaf).digest(), [position] if position in paths else []
        while position & 1:
            added, position = join(edge.pop(), added), position >> 1  # noqa: PLW2901 - the bits of the size so far
        edge.append(added)
    while len(edge) > 1:
        right = edge.pop()
        edge.append(join(edge.pop(), right))
    return paths
