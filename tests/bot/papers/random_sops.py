"""Random SOPs that the validator accepts and the form holds: 3 to 15 steps, 2 to 8 roles."""

import random

from models.rules.sop import Sop
from models.rules.sop_file import parse_sop
from models.rules.step_kinds import StepKind

_HEAD = """
code = "acak"
prefix = "AC"
number = "W.25-OT.02.02-{seed:04}"
title = "SOP ACAK {seed}"
heading = "SOP ACAK {seed}"
created = 2026-01-05
effective = 2026-03-02
institution = ["KEMENTERIAN CONTOH", "KANTOR CONTOH"]
legal_basis = ["Keputusan Kepala Kantor Contoh Nomor 1 Tahun 2026"]
qualifications = ["Memahami tata ruang kantor"]
equipment = ["Komputer"]
warning = "Apabila SOP tidak dilaksanakan maka pekerjaan tertunda"
record_keeping = "Disimpan sebagai data elektronik"
instructions = ["Tindak lanjuti"]

[approval]
capacity = "KEPALA KANTOR"
name = "KAREL CONTOH"
"""
_ROLES = [
    *("Kepala Kantor", "Sekretaris", "Kepala Bagian Umum", "Kepala Subbagian Tata Usaha"),
    *("Arsiparis", "Pranata Komputer", "Bendahara Pengeluaran", "Pemohon"),
]


def random_sop(seed: int, *, steps: int | None = None, roles: int | None = None) -> Sop:
    """Return the SOP of a seed; `steps` and `roles` choose its size."""
    chance = random.Random(seed)
    count, lanes = steps or chance.randint(3, 15), roles or chance.randint(2, 8)
    text = [_HEAD.format(seed=seed)]
    text += [f'[[roles]]\ncode = "r{lane}"\ntitle = "{_ROLES[lane]}"\n' for lane in range(lanes)]
    for number, kind in enumerate(_kinds(chance, count), start=1):
        work = "Memeriksa " + "berkas permohonan " * chance.choice([1, 2, 4, 8, 16, 30])
        text.append(
            f'[[steps]]\nnumber = {number}\nactivity = "{work.strip()}"\nshort = "Langkah"\n'
            f'role = "r{chance.randrange(lanes)}"\nkind = "{kind.value}"\n'
            f'requires = "{("Berkas, konsep, dan lampiran " * chance.randint(1, 3)).strip()}"\n'
            f'standard = "{chance.choice(["10 menit", "2 jam", "14 hari"])}"\noutput = "Konsep naskah"\n'
        )
    return parse_sop("\n".join(text), source=f"random {seed}")


def _kinds(chance: random.Random, count: int) -> list[StepKind]:
    """Return kinds in an order that the validator accepts; neither the first nor the last step decides."""
    kinds = [chance.choice([StepKind.ASSIGN, StepKind.HANDLE])]
    while len(kinds) < count - 1:
        known = [StepKind.ASSIGN, StepKind.HANDLE, StepKind.ACKNOWLEDGE]
        reviewing = [StepKind.CORRECT, StepKind.APPROVE] * 3 if StepKind.HANDLE in kinds else []
        kinds.append(chance.choice([*known, *reviewing]))
    return [*kinds, StepKind.ACKNOWLEDGE]
