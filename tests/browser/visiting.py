"""The page of the demonstration as a newcomer works it: what is where, and a case by clicking."""

from tests.browser.chromium import Page

SIZES = {"screen": (1600, 900), "phone": (390, 844)}

FORWARD = (
    ("Karel", "Teruskan ke"),
    ("Dina", "Teruskan ke"),
    ("Bram", "Teruskan ke"),
    ("Sari", "Teruskan ke"),
    ("Sari", "Rina"),
    ("Rina", "Mulai tangani"),
)


def place(who: str) -> str:
    return f"[...document.querySelectorAll('#strip button')].find((one) => one.textContent.includes('{who}'))"


def button(who: str, label: str) -> str:
    bearing = f"filter((one) => one.textContent.includes('{label}')).at(-1)"
    return f"[...{column(who)}.querySelectorAll('.keyboard button')].{bearing}"


def column(who: str) -> str:
    return f"[...document.querySelectorAll('.column')].find((one) => one.ariaLabel.includes('{who}'))"


def in_view(who: str) -> str:
    """Whether a chat stands wholly within the window."""
    return (
        f"(() => {{ const box = {column(who)}.getBoundingClientRect(); const floor = "
        "document.getElementById('columns').getBoundingClientRect();"
        "return box.width > 0 && box.left >= floor.left - 1 && box.right <= floor.right + 1; })()"
    )


async def by_clicking(page: Page, subject: str, *, narrow: bool) -> None:
    await page.clicks(place("Budi"))
    await page.clicks("document.querySelector('.column.current textarea')")
    await page.types(subject)
    await page.clicks("document.querySelector('.column.current .send')")
    await page.clicks(button("Budi", "Kirim"))
    for who, label in FORWARD:
        if narrow:
            await page.until(
                f"{place(who)}.querySelector('.unread:not([hidden])') || {place(who)}.ariaCurrent === 'true'"
            )
            await page.clicks(place(who))
        await page.until(button(who, label))
        await page.until(in_view(who))
        await page.clicks(button(who, label))
