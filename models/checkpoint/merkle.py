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


class AuditPaths:
    """The audit paths (RFC 6962, section 2.1.1) of chosen leaves of a tree that is read once, leaf by leaf.

    Which leaves are chosen is said as they come, and may be taken back: only their paths are kept.
    """

    def __init__(self) -> None:
        self._edge = list[tuple[bytes, list[int]]]()
        self._paths = dict[int, list[bytes]]()
        self._size = 0

    def add(self, leaf: bytes, *, chosen: bool) -> None:
        """Let the tree grow by one leaf; with `chosen` its path is kept from now on."""
        position, self._size = self._size, self._size + 1
        if chosen:
            self._paths[position] = []
        added = hashlib.sha256(b"\x00" + leaf).digest(), [position] if chosen else []
        while position & 1:
            added, position = self._join(self._edge.pop(), added), position >> 1
        self._edge.append(added)

    def forget(self, position: int) -> None:
        """Keep the path of the leaf at this position no longer."""
        del self._paths[position]

    def finished(self) -> dict[int, list[bytes]]:
        """Return the paths to the root, each from its leaf upwards. No leaf is added afterwards."""
        while len(self._edge) > 1:
            right = self._edge.pop()
            self._edge.append(self._join(self._edge.pop(), right))
        return self._paths

    def _join(self, left: tuple[bytes, list[int]], right: tuple[bytes, list[int]]) -> tuple[bytes, list[int]]:
        below = list[int]()
        for (_, positions), beside in ((left, right[0]), (right, left[0])):
            for position in positions:
                if position in self._paths:
                    self._paths[position].append(beside)
                    below.append(position)
        return node_hash(left[0], right[0]), below


def audit_paths(leaves: Iterable[bytes], positions: Collection[int]) -> dict[int, list[bytes]]:
    """Return the audit paths (RFC 6962, section 2.1.1) of the leaves at these positions, from the leaf to the root.

    The leaves are read once, and kept no longer than they are looked at.
    """
    paths = AuditPaths()
    for position, leaf in enumerate(leaves):
        paths.add(leaf, chosen=position in positions)
    return {position: [] for position in positions} | paths.finished()
