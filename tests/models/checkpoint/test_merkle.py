"""The tree is that of RFC 6962: held against published roots and proofs, and against the RFC's own recursion."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export.verifier import root_by_path
from models.checkpoint.merkle import AuditPaths, Tree, audit_paths
from tests.models.checkpoint.consistency import consistency_proof, is_consistent, leaf_hash, root_of

LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The leaves and roots by which implementations of Certificate Transparency are tested, by the size of the tree."""

PROOFS = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
"""Published proofs that a tree of the first size grows into one of the second."""

SOME_LEAVES = st.lists(st.binary(max_size=6), max_size=70)


def told_by_the_rfc(leaves: list[bytes]) -> bytes:
    """Return MTH of section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + told_by_the_rfc(leaves[:split]) + told_by_the_rfc(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_published_roots_are_met(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("sizes", "proof"), PROOFS.items())
def test_published_proofs_are_met(sizes: tuple[int, int], proof: list[str]) -> None:
    earlier, later = sizes
    made = consistency_proof([leaf_hash(one) for one in LEAVES[:later]], earlier)
    assert [one.hex() for one in made] == proof
    heads = [(size, bytes.fromhex(ROOTS[size])) for size in sizes]
    assert is_consistent(heads[0], heads[1], made)


@given(SOME_LEAVES)
def test_the_root_is_that_of_the_rfc(leaves: list[bytes]) -> None:
    assert root_of(leaves) == told_by_the_rfc(leaves)


@given(SOME_LEAVES, st.data())
def test_a_tree_that_grows_in_pieces_is_the_tree(leaves: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    kept = Tree().grown(leaves[:cut])
    assert Tree(kept.size, kept.edge).grown(leaves[cut:]) == Tree().grown(leaves)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_growth_is_proved_and_no_other_beginning_is(leaves: list[bytes], data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, len(leaves)))
    proof = consistency_proof([leaf_hash(one) for one in leaves], earlier)
    before, after = (earlier, root_of(leaves[:earlier])), (len(leaves), root_of(leaves))
    assert is_consistent(before, after, proof)
    other = [*leaves[: earlier - 1], leaves[earlier - 1] + b"!"]
    assert not is_consistent((earlier, root_of(other)), after, proof)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = [bytes([one[0] ^ 1]) + one[1:] if at == place else one for at, one in enumerate(proof)]
        assert not is_consistent(before, after, changed)
        assert not is_consistent(before, after, proof[:-1])


def test_a_proof_of_shrinking_or_of_nothing_is_none() -> None:
    root = bytes.fromhex(ROOTS[8])
    assert not is_consistent((8, root), (6, bytes.fromhex(ROOTS[6])), [])
    assert not is_consistent((0, bytes.fromhex(ROOTS[0])), (8, root), [])
    assert not is_consistent((8, root), (8, bytes.fromhex(ROOTS[7])), [])
    for wrong in (0, 9):
        with pytest.raises(ValueError, match="does not grow"):
            consistency_proof([leaf_hash(one) for one in LEAVES], wrong)


@pytest.mark.parametrize(("size", "edge"), [(3, (bytes(32),)), (-1, ()), (1, (b"short",)), (0, (bytes(32),))])
def test_an_edge_of_another_tree_is_refused(size: int, edge: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="edge"):
        Tree(size, edge)


class TestAuditPaths:
    def test_the_published_ones(self) -> None:
        paths = audit_paths(LEAVES, [0, 5])
        assert [one.hex() for one in paths[0]] == [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
        assert [one.hex() for one in paths[5]] == [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]

    @given(size=st.integers(1, 70), data=st.data())
    def test_each_leads_from_its_leaf_to_the_root_and_no_other_does(self, size: int, data: st.DataObject) -> None:
        leaves = [f"leaf {number}" for number in range(size)]
        position = data.draw(st.integers(0, size - 1))
        root = Tree().grown(leaf.encode() for leaf in leaves).root
        path = [one.hex() for one in audit_paths((leaf.encode() for leaf in leaves), [position])[position]]
        assert root_by_path(leaves[position], position, size, path) == root
        wrong: list[tuple[str, int, list[str]]] = [
            ("another leaf", position, path),
            (leaves[position], position, [*path, "00" * 32]),
            (leaves[position], size, path),
            *[(leaves[position], other, path) for other in range(size) if other != position],
            *[(leaves[position], position, path[:place] + path[place + 1 :]) for place in range(len(path))],
        ]
        for leaf, place, changed in wrong:
            try:
                assert root_by_path(leaf, place, size, changed) != root
            except (ValueError, IndexError):
                continue

    def test_a_leaf_that_was_given_up_takes_nothing_from_the_others(self) -> None:
        paths = AuditPaths()
        for position, leaf in enumerate(LEAVES):
            paths.add(leaf, chosen=position in {0, 2, 5})
            if position == 4:
                paths.forget(2)
        assert paths.finished() == audit_paths(LEAVES, [0, 5])
