"""The Merkle tree of RFC 6962 over SHA-256 (section 2.1; RFC 9162 has the same tree): pure functions over bytes.

A tree grows at its right end. What is needed to let it grow is not its leaves but the roots of its largest complete
subtrees, from the left: one for each bit of its size. They are called its `edge` here.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

HASH_BYTES = 32

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of the tree without leaves."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


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
            # As `leaf_hash` and `node_hash` have it, without a call for each of many thousand leaves.
            added, complete = sha256(b"\x00" + leaf).digest(), size
            while complete & 1:
                added = sha256(b"\x01" + edge.pop() + added).digest()
                complete >>= 1
            edge.append(added)
            size += 1
        return Tree(size, tuple(edge))


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over all of `leaves`."""
    return Tree().grown(leaves).root


def consistency_proof(hashes: Sequence[bytes], earlier: int) -> list[bytes]:
    """Return the proof that the tree over the leaf hashes `hashes` begins with its first `earlier` leaves.

    Raises ValueError where `earlier` is not between 1 and the number of hashes.
    """
    if not 0 < earlier <= len(hashes):
        raise ValueError(f"a tree of {len(hashes)} leaves does not grow from one of {earlier}")
    return _subproof(hashes, earlier, is_whole=True)


def is_consistent(earlier: tuple[int, bytes], later: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree `later` begins with all of the tree `earlier`; each is a size and a root.

    The way of RFC 9162, section 2.1.4.2.
    """
    (first, first_root), (second, second_root) = earlier, later
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if not path:
        return False
    left, right = first - 1, second - 1
    while left & 1:
        left, right = left >> 1, right >> 1
    small = large = path[0]
    for one in path[1:]:
        if right == 0:
            return False
        if left & 1 or left == right:
            small, large = node_hash(one, small), node_hash(one, large)
            while left and not left & 1:
                left, right = left >> 1, right >> 1
        else:
            large = node_hash(large, one)
        left, right = left >> 1, right >> 1
    return right == 0 and small == first_root and large == second_root


def _subproof(hashes: Sequence[bytes], earlier: int, *, is_whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if is_whole else [_root_of_hashes(hashes)]
    split = _split(len(hashes))
    if earlier <= split:
        return [*_subproof(hashes[:split], earlier, is_whole=is_whole), _root_of_hashes(hashes[split:])]
    return [*_subproof(hashes[split:], earlier - split, is_whole=False), _root_of_hashes(hashes[:split])]


def _root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return node_hash(_root_of_hashes(hashes[:split]), _root_of_hashes(hashes[split:]))


def _split(size: int) -> int:
    """Return the largest power of two that is smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
