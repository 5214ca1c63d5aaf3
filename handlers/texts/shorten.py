"""Cutting long words of people to what a screen can show; the whole stays reachable elsewhere."""


def shortened(text: str, limit: int) -> str:
    """Return `text` if it has at most `limit` characters, else its beginning up to a word's end, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip() + "…"
