"""The tree of RFC 6962 as a witness sees it: its root, and proofs that one tree grew out of another."""

import hashlib
from collections.abc import Iterable, Sequence

from models.checkpoint.merkle import Tree, node_hash


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


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


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over all of `leaves`."""
    return Tree().grown(leaves).root
