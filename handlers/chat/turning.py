"""Turning a card to another of its faces."""

from handlers.chat.desk import Toast
from models.mail.card import Card, Face
from models.repository.records import Records


def turn(records: Records, card: Card, face: Face) -> Toast:
    """Show another face of a card; the toast says which. Raises `ValueError` for a face that the card lacks."""
    records.turn(card, face)
    return Toast(f"turned-{face.value}")
