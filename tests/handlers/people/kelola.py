"""Tapping through `/kelola`: from the office at a glance to a post, and what an admin does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.people import administration

if TYPE_CHECKING:
    from tests.handlers.conftest import Pegawai, Shown


def manages(admin: Pegawai) -> Shown:
    """Send `/kelola`; returns the card."""
    admin.sends("/kelola", administration.command)
    return admin.chat.last


def opens_post(admin: Pegawai, short: str) -> Shown:
    """Open the page of a post, named as its button is."""
    shown = manages(admin)
    admin.taps("Jabatan", on=shown)
    admin.presses(*button(shown, short))
    return shown


def opens_person(admin: Pegawai, name: str) -> Shown:
    """Open the page of a person."""
    shown = manages(admin)
    admin.taps("Pegawai", on=shown)
    while not any(name in label for label in shown.labels):
        admin.taps("Berikutnya", on=shown)
    admin.taps(name, on=shown)
    return shown


def invites(admin: Pegawai, short: str) -> str:
    """Make an invite for a post that has one holder at a time; returns the toast."""
    shown = opens_post(admin, short)
    admin.taps(short, on=shown)
    return admin.taps("Buat undangan", on=shown)


def ends(admin: Pegawai, short: str, name: str) -> str:
    """End somebody's time in a post, with the confirmation; returns the toast."""
    shown = opens_post(admin, short)
    admin.taps(f"⏹ Akhiri: {name}", on=shown)
    return admin.taps("Akhiri sekarang", on=shown)


def button(shown: Shown, label: str) -> tuple[str, int]:
    """Return what pressing the button with exactly this label takes."""
    return next(key.token or "" for key in shown.keys if key.label == label), shown.message_id
