"""Hands on a keyboard and nothing else: every stop must be seen, and none may hold the reader."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# what the browser shows at the element that has the focus; null on the bare page
_STOP = """() => {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  window.stops ??= new Map();
  if (!stops.has(el)) stops.set(el, stops.size);
  const box = el.getBoundingClientRect();
  const drawn = (one) => { const s = getComputedStyle(one);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
  // a date has a stop for its day, its month and its year
  const parts = /^(date|time)/.test(el.type || "") ? 8 : 1;
  const pick = el.closest(".pick");
  return {
    key: stops.get(el), parts,
    name: `${el.tagName.toLowerCase()} ${el.name || el.id || ""} ${(el.innerText || el.value || "").slice(0, 40)}`,
    outlined: drawn(el) || (pick !== null && drawn(pick)),
    shown: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth,
    covered: (() => { const at = document.elementFromPoint(
        Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
        Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1));
      return !(at && (el.contains(at) || at.contains(el))); })(),
  };
}"""


class Keys:
    """A page under the fingers."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Go there; the first stop is the way past the head, or the field that asks to be first."""
        self.page.goto(address)
        if self.at("[autofocus]"):
            return
        self.tab()
        assert self.at(".skip"), f"{address}: the first stop is not the skip link"

    def at(self, selector: str) -> bool:
        """Whether the focus stands on what the selector means."""
        return bool(self.page.evaluate("s => document.activeElement.matches(s)", selector))

    def tab(self, *, back: bool = False) -> dict[str, Any] | None:
        """One stop on; None where the page ends. The stop must be seen."""
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        stop: dict[str, Any] | None = self.page.evaluate(_STOP)
        if stop is not None:
            where = f"{self.page.url}: {stop['name']}"
            assert stop["shown"], f"{where} has the focus and is out of sight"
            assert stop["outlined"], f"{where} has the focus and does not show it"
            assert not stop["covered"], f"{where} has the focus behind something else"
        return stop

    def to(self, selector: str, *, back: bool = False, most: int = 120) -> None:
        """Tab until the focus stands there; a stop that does not let go is a trap."""
        last, times = None, 0
        for _ in range(most):
            stop = self.tab(back=back)
            if self.at(selector):
                return
            last, times = self._let_go(stop, last, times)
        raise AssertionError(f"{self.page.url}: no way by keyboard to {selector}")

    def _let_go(
        self, stop: dict[str, Any] | None, last: int | None, times: int
    ) -> tuple[int | None, int]:
        if stop is None:
            return None, 0
        times = times + 1 if stop["key"] == last else 1
        assert times <= stop["parts"], f"{self.page.url}: caught at {stop['name']}"
        return stop["key"], times

    def press(self, key: str = "Enter") -> None:
        """A key that opens the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def go(self, selector: str, key: str = "Enter") -> None:
        """To a link or button, and through it."""
        self.to(selector)
        self.press(key)

    def write(self, selector: str, words: str) -> None:
        self.to(selector)
        self.page.keyboard.insert_text(words)

    def choose(self, selector: str, value: str) -> None:
        """A list, with the arrow keys."""
        self.to(selector)
        for _ in range(60):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: {selector} never came to {value}")

    def mark(self, name: str, value: str) -> None:
        """One of several round buttons: Tab to the group, arrows inside it, Space marks."""
        self.to(f"input[name={name}]")
        for _ in range(12):
            if self.at(f"input[name={name}][value={value}]"):
                self.page.keyboard.press("Space")
                assert self.page.locator(f"input[name={name}][value={value}]").is_checked()
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: {name} never came to {value}")

    def walk(self) -> int:
        """From the top through every stop and out again; how many there are. And back."""
        counts = []
        for back in (False, True):
            seen: list[int] = []
            last, times = None, 0
            for _ in range(250):
                stop = self.tab(back=back)
                if stop is None or (len(seen) > 1 and stop["key"] == seen[0]):
                    break
                last, times = self._let_go(stop, last, times)
                seen.append(stop["key"])
            else:
                raise AssertionError(f"{self.page.url}: no end of stops")
            counts.append(len(set(seen)))
        assert counts[0] > 3, self.page.url
        return counts[0]
