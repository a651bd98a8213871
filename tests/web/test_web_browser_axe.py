"""Every page pleases axe, in light and dark, at every width; and nothing is wider than the screen.

The pages are found by following their links, so a new one is judged without being named here.
"""

import pytest

from tests.web.browser import opened
from tests.web.crawl import crawl, route_of, routes

WIDTHS = (1440, 768, 390)
ZOOMED = 640  # 1280 pixels at 200 %
_RULES = "axe.run({ resultTypes: ['violations'] })"
_OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_PAGES = [
    "/",
    "/?from=2026-12-07",
    "/?candidate=Ann+Doe",
    "/?find=hooli",
    "/nothing",
    *(way for way in routes()[1:] if not way.endswith(".ics")),
]


@pytest.fixture(scope="module")
def reached(lived_in):
    """Addresses by the way that answers them."""
    found = {}
    for path in crawl(lived_in):
        found.setdefault(route_of(path), []).append(path)
    return found


def test_every_link_leads_somewhere(lived_in):
    dead = [path for path, answer in crawl(lived_in).items() if answer.status != 200]
    assert dead == []


@pytest.fixture(scope="module")
def judged(chromium, axe, lived_in):
    """A tab where the judge may run: the policy would not let it in."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": WIDTHS[0], "height": 900})
    context.add_init_script(axe)
    tab = context.new_page()
    opened(tab, lived_in)
    yield tab
    context.close()


def whole(tab, page, path):
    """The page with all that can be folded open, as somebody sees it who opens everything."""
    tab.goto(f"{page.origin}{path}")
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


@pytest.mark.parametrize("way", _PAGES)
def test_nobody_is_shut_out(judged, lived_in, reached, way):
    tab = judged
    for path in reached.get(way, [way]):
        assert "{" not in path, f"no link leads to {way}"
        wrong = []
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            whole(tab, lived_in, path)
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 900})
                for each in tab.evaluate(_RULES)["violations"]:
                    nodes = [f"{node['html'][:160]} {node['failureSummary']}" for node in each["nodes"][:3]]
                    wrong.append((scheme, width, each["id"], each["help"], nodes))
        assert wrong == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("way", _PAGES)
def test_nothing_is_wider_than_the_screen(judged, lived_in, reached, way, direction):
    for path in reached.get(way, [way])[:1]:
        whole(judged, lived_in, path)
        judged.evaluate(f"document.documentElement.dir = '{direction}'")
        for width in (*WIDTHS, ZOOMED, 320):
            judged.set_viewport_size({"width": width, "height": 900})
            assert judged.evaluate(_OVER) <= 0, (path, width)


def test_the_judge_would_speak(judged, lived_in):
    whole(judged, lived_in, "/")
    judged.evaluate("document.querySelector('main').innerHTML += '<img src=/static/icon.svg><input>'")
    told = {each["id"] for each in judged.evaluate(_RULES)["violations"]}
    assert {"image-alt", "label"} <= told
