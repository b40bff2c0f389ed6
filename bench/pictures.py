"""Pictures of every page of the demonstration, for docs/the-app-in-pictures.md: `python -m bench.pictures`.

It opens a demonstration of its own, looks at each page in Debian's chromium as whoever it is for, on a
phone or at a desk, and writes PNGs of few colours, so that the repository stays small.
"""

import argparse
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.demonstration import demonstration

OUT = Path(__file__).parent.parent / "docs" / "pictures"
# Width and most height, and the height of the window at first.
PHONE, DESK, WINDOW = (390, 2000), (1280, 1400), 844
MOST, COLOURS = 60_000, (64, 48, 32, 24, 16, 12, 8)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
DESKS = ("rental", "phone", "mei", "oskar")


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it; `links` are what is pressed from there, one after the other."""

    name: str
    who: str
    path: str
    links: tuple[str, ...] = ()


NOBODY = ""
WRONG, TO_ANSWER = "a[href^='/me/disputes/new']", "main a[href^='/furnisher/disputes/dis']"
FIRST = (
    Picture("first", NOBODY, "/"),
    Picture("sign-in", NOBODY, "/sign-in"),
    Picture("start", NOBODY, "/start"),
    Picture("recover", NOBODY, "/recover"),
    Picture("guide", NOBODY, "/demo"),
    Picture("score", "amina", "/me"),
    Picture("newcomer", "lin", "/me"),
    Picture("line", "rosa", "/me/lines/payments_missed"),
    Picture("change", "amina", "/me/change"),
    Picture("history", "amina", "/me/history"),
    Picture("what-if", "amina", "/me/what-if"),
    Picture("plans", "rosa", "/me/plans?band=outstanding"),
    Picture("facts", "lin", "/me/facts"),
    Picture("statement", "lin", "/me/statement"),
    Picture("import", "lin", "/me/import"),
    Picture("sharing", "amina", "/me/sharing"),
    Picture("grant", "rosa", "/me/offers", ("main a[href^='/me/sharing/new']",)),
    Picture("inquiries", "noor", "/me/inquiries"),
    Picture("inquiry", "noor", "/me/inquiries", ("main a[href^='/me/inquiries/inq']",)),
    Picture("freeze", "tomas", "/me/freeze"),
    Picture("offers", "rosa", "/me/offers"),
    Picture("decisions", "rosa", "/me/decisions"),
    Picture("decision", "rosa", "/me/decisions", ("main a[href^='/me/decisions/dec']",)),
    Picture("more", "amina", "/me/more"),
    Picture("account", "amina", "/me/account"),
    Picture("messages", "rosa", "/me/messages"),
    Picture("download", "amina", "/me/download"),
    Picture("leave", "amina", "/me/leave"),
    Picture("dispute-new", "rosa", "/me/lines/payments_missed", (WRONG,)),
)
CONTESTED = (
    Picture("dispute", "rosa", "/me/disputes", ("main a[href^='/me/disputes/dis']",)),
    Picture("furnisher", "phone", "/furnisher"),
    Picture("furnisher-disputes", "phone", "/furnisher/disputes"),
    Picture("furnisher-dispute", "phone", "/furnisher/disputes", (TO_ANSWER,)),
    Picture("furnisher-send", "phone", "/furnisher/send"),
    Picture("furnisher-people", "phone", "/furnisher/people"),
    Picture("operator", "mei", "/operator"),
    Picture("operator-disputes", "oskar", "/operator/disputes"),
    Picture("operator-dispute", "oskar", "/operator/disputes", ("main a[href^='/operator/disputes/dis']",)),
)
ANSWERED = (
    Picture("dispute-decided", "rosa", "/me/disputes", ("main a[href^='/me/disputes/dis']",)),
    Picture("partner", "rental", "/partner"),
    Picture("partner-people", "rental", "/partner/people"),
    Picture("partner-ask", "rental", "/partner/ask"),
    Picture("partner-decisions", "rental", "/partner/decisions"),
    Picture("partner-decision", "rental", "/partner/decisions", ("main a[href^='/partner/decisions/dec']",)),
    Picture("partner-policies", "rental", "/partner/policies"),
    Picture("partner-policy", "rental", "/partner/policies", ("main a[href*='town_car_rental']",)),
    Picture("partner-offers", "rental", "/partner/offers"),
    Picture("partner-keys", "rental", "/partner/keys"),
    Picture("operator-runs", "mei", "/operator/runs"),
    Picture("operator-run", "mei", "/operator/runs", ("main a[href^='/operator/runs/']",)),
    Picture("operator-definitions", "mei", "/operator/definitions"),
    Picture("operator-scorecard", "mei", "/operator/scorecards/everyday"),
    Picture("operator-reviews", "oskar", "/operator/reviews"),
    Picture("operator-partners", "mei", "/operator/partners"),
    Picture("operator-furnishers", "mei", "/operator/furnishers"),
    Picture("operator-operators", "mei", "/operator/operators"),
    Picture("operator-people", "mei", "/operator/people"),
    Picture("operator-audit", "mei", "/operator/audit"),
    Picture("operator-jobs", "mei", "/operator/jobs"),
)


def main() -> None:
    """Take every picture anew, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="which pictures; all of them if not said")
    names = parser.parse_args().names
    OUT.mkdir(exist_ok=True)
    with demonstration() as shown, sync_playwright() as driver:
        address = shown.address
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        for happens, pictures in ((None, FIRST), (_contest, CONTESTED), (_answer, ANSWERED)):
            if happens is not None:
                happens(chromium, address)
            for one in pictures:
                if not names or one.name in names:
                    print(f"{one.name}: {_take(chromium, address, one):,} bytes", flush=True)
        chromium.close()


def _contest(chromium: Browser, address: str) -> None:
    """Rosa says that the entry about the bill is wrong."""
    page = _seen(chromium, address, Picture("", "rosa", "/me/lines/payments_missed", (WRONG,)))
    page.locator("input[value=paid]").check()
    page.locator("main form button").last.click()
    page.wait_for_url("**done=disputed")
    page.context.close()


def _answer(chromium: Browser, address: str) -> None:
    """City Phone takes the entry back."""
    page = _seen(chromium, address, Picture("", "phone", "/furnisher/disputes", (TO_ANSWER,)))
    answer = page.locator("details").filter(has=page.locator("input[name=outcome][value=deleted]")).last
    answer.locator("summary").click()
    answer.locator("[name=checked]").fill("The payment came with a wrong reference.")
    answer.locator("button").click()
    page.wait_for_url("**done=answered")
    page.context.close()


def _take(chromium: Browser, address: str, one: Picture) -> int:
    page = _seen(chromium, address, one)
    # It names languages whose signs this machine may have no font for.
    page.add_style_tag(content="footer { display: none }")
    size = page.viewport_size
    assert size is not None
    tall = min(
        (DESK if one.who in DESKS else PHONE)[1], page.evaluate("document.documentElement.scrollHeight")
    )
    # A bar that is fixed to the window stands at the foot of the picture.
    page.set_viewport_size({"width": size["width"], "height": tall})
    content = _small(page.screenshot())
    page.context.close()
    (OUT / f"{one.name}.png").write_bytes(content)
    return len(content)


def _seen(chromium: Browser, address: str, one: Picture) -> Page:
    """The page in a window of its own."""
    size = {"width": (DESK if one.who in DESKS else PHONE)[0], "height": WINDOW}
    how = {"reduced_motion": "reduce", "bypass_csp": True}
    context = chromium.new_context(base_url=address, viewport=size, **how)  # type: ignore[arg-type]
    page = context.new_page()
    if one.who:
        _sign_in(page, one.who)
    reply = page.goto(one.path)
    assert reply is not None
    assert reply.ok, f"{one.path}: {reply.status}"
    for link in one.links:
        page.locator(link).first.click()
        page.wait_for_load_state()
    return page


def _sign_in(page: Page, who: str) -> None:
    page.goto(f"/demo/as/{who}")
    page.locator("main form button").click()
    page.wait_for_load_state()


def _small(content: bytes) -> bytes:
    """The picture in as many colours as it may have."""
    picture = Image.open(BytesIO(content)).convert("RGB")
    packed = [_packed(picture, colours) for colours in COLOURS]
    return next((one for one in packed if len(one) <= MOST), packed[-1])


def _packed(picture: Image.Image, colours: int) -> bytes:
    packed = BytesIO()
    picture.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


if __name__ == "__main__":
    main()
