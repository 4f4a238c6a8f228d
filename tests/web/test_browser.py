"""The desk in a real browser. Each test fails on any script error and on any request to another host (see conftest)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dateline.web.app import VENDOR

READY = "body[data-ready]"
PATHS = (
    "/", "/?mode=holdings", "/?open=first", "/incidents/first", "/holdings", "/reports/k1", "/read", "/sitrep",
    "/review?by=ada", "/review/log", "/alerts?view=place%3DKunduz",
)  # fmt: skip


def open_desk(page: Page, path: str = "/") -> None:
    page.goto(path)
    page.wait_for_selector(READY)


def test_map_list_and_timeline_stand(page):
    open_desk(page)
    expect(page.locator("#list .item")).to_have_count(6)
    expect(page.locator("#map canvas").first).to_be_visible()
    assert page.evaluate("document.querySelector('#timeline').width") > 400


def test_choosing_an_incident_opens_its_card_and_the_address_keeps_it(page):
    open_desk(page)
    page.get_by_role("link", name=re.compile("Place taken Kunduz")).click()
    expect(page.locator("#card h1")).to_contain_text("Kunduz")
    assert "open=i" in page.url
    shared = page.url
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    page.goto(shared)
    expect(page.locator("#card h1")).to_contain_text("Kunduz")


def test_a_value_lights_up_its_words(page):
    open_desk(page)
    page.get_by_role("link", name=re.compile("Air strike")).click()
    page.locator("#card .values [data-at]").filter(has_text="200 or more").hover()
    expect(page.locator("#card mark.is-lit")).to_have_text("more than 200 fighters")


def test_filters_change_list_map_and_address(page):
    open_desk(page)
    page.get_by_label("Place", exact=True).fill("Merowe")
    expect(page.locator("#list .item")).to_have_count(1)
    page.wait_for_url(re.compile("place=Merowe"))
    page.get_by_label("Place", exact=True).fill("")
    page.get_by_text("Violence", exact=True).click()
    expect(page.locator("#list .item")).to_have_count(2)


def test_dragging_over_the_timeline_chooses_days(page):
    open_desk(page)
    box = page.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 60, box["y"] + 40)
    page.mouse.up()
    expect(page.locator("#list .item")).to_have_count(1)
    expect(page.locator("#list .item")).to_contain_text("Merowe")
    page.get_by_role("button", name="All days").click()
    expect(page.locator("#list .item")).to_have_count(6)


def test_who_holds_what_day_by_day_with_the_keyboard(page):
    open_desk(page, "/?mode=holdings")
    expect(page.locator("#list .item")).to_have_count(2)
    page.locator("#day").focus()
    page.keyboard.press("Home")
    expect(page.locator("#day-words")).to_have_text("8 Aug 2021")
    expect(page.locator("#list .item")).to_have_count(1)
    expect(page.locator("#list .item")).to_contain_text("against it: State Herald")


def test_a_mark_chooses_its_event(page):
    page.goto("/reports/k1")
    page.locator(".text mark.m-trigger").click()
    expect(page.locator(".event.is-chosen")).to_have_count(1)


def test_a_pasted_report_is_read_in_place(page):
    page.goto("/read")
    page.get_by_label("Report").fill("They seized the bridge on Sunday.")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#reading .text mark.m-trigger")).to_have_text("seized")


def test_dark_is_kept(page):
    open_desk(page)
    page.get_by_role("button", name=re.compile("light and dark")).click()
    chosen = page.evaluate("document.documentElement.dataset.theme")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == chosen


def test_a_phone_shows_all_without_scrolling_sideways(page):
    page.set_viewport_size({"width": 375, "height": 760})
    for path in (*(path for path in PATHS if "first" not in path), "/reports"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious(page, archive, path, theme):
    page.emulate_media(color_scheme=theme)
    path = path.replace("first", archive.incidents()[0].id)
    page.goto(path)
    if path.startswith("/?") or path == "/":
        page.wait_for_selector(READY)
    page.evaluate((VENDOR / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    serious = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_the_whole_review_with_the_keyboard_alone(page, archive):
    page.goto("/review?by=ada")
    expect(page.locator(".review h2")).to_contain_text("Kunduz")  # disputed: the most doubtful
    page.keyboard.press("2")
    expect(page.locator('.judged[data-account="2"]')).to_have_class(re.compile("is-chosen"))
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.get_by_label("Where", exact=True).locator("visible=true").fill("Kunduz airport")
    page.keyboard.press("Enter")
    expect(page.locator(".judged .badge", has_text="place=Kunduz airport")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(".judged .badge", has_text="place=Kunduz airport")).to_have_count(0)
    page.keyboard.press("a")
    expect(page.locator(".review h2")).not_to_contain_text("Kunduz")
    before = page.locator(".review h2").inner_text()
    page.keyboard.press("j")
    expect(page.locator(".review h2")).not_to_have_text(before)
    verdicts = [(j.verdict, j.correction, j.note) for j in archive.judgement_history()]
    assert verdicts[:2] == [("correct", "place=Kunduz airport", ""), ("undecided", None, "taken back")]
    assert [verdict for verdict, _, _ in verdicts[2:]] == ["accept"] * 3


def test_a_correction_with_the_keyboard_changes_the_incidents_card(page, archive):
    [merowe] = [i for i in archive.incidents() if i.place and i.place.name == "Merowe"]
    page.goto(f"/review?by=ada&id={merowe.id}")
    page.keyboard.press("c")
    page.get_by_label("How many", exact=True).locator("visible=true").fill("12 soldiers killed")
    page.keyboard.press("Enter")
    expect(page.locator(".badge.by-hand")).to_have_text("corrected by ada")
    page.goto(f"/incidents/{merowe.id}")
    expect(page.locator(".card .figure").first).to_contain_text("12 soldiers killed")


def test_two_clicks_fix_a_field_that_the_card_shows(page, archive):
    [merowe] = [i for i in archive.incidents() if i.place and i.place.name == "Merowe"]
    page.goto("/review?by=ada")  # who corrects is remembered from here on
    page.goto(f"/incidents/{merowe.id}")
    page.locator(".values > div", has_text="By").hover()
    page.get_by_role("link", name="Correct: By").click()
    expect(page.locator(".fix[open] [name=by]").locator("visible=true")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Rapid Support Forces")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.locator(".badge.by-hand")).to_have_text("corrected by ada")
    assert [i.by[0].name for i in archive.incidents() if i.id == merowe.id] == ["Rapid Support Forces"]


def test_joining_two_incidents_with_the_keyboard_alone(page, archive):
    """An account is parted, then its incident is joined with the one it came from, and the join is taken back."""
    page.goto("/review?by=ada")
    page.keyboard.press("3")
    page.keyboard.press("s")
    expect(page.locator(".judged")).to_have_count(1)
    parted = len(archive.incidents())
    page.keyboard.press("m")
    page.keyboard.press("1")
    expect(page.locator(".judged")).to_have_count(3)
    assert len(archive.incidents()) == parted - 1
    page.keyboard.press("u")
    expect(page.locator(".judged")).to_have_count(1)  # parted again, as it was before the join
    assert len(archive.incidents()) == parted
    page.keyboard.press("u")
    expect(page.locator(".judged")).to_have_count(3)  # and together again, as before the parting
    verdicts = [j.verdict for j in archive.judgement_history()]
    assert verdicts == ["different"] * 2 + ["same"] * 2 + ["different"] * 2 + ["unsure"] * 2


def test_two_coders_and_their_kappa_on_the_page(page, archive):
    for coder in ("ada", "ben"):
        page.goto(f"/review?by={coder}")
        page.keyboard.press("a" if coder == "ada" else "r")
        expect(page.locator(".queue-line")).to_contain_text(f"done by {coder}")
    page.goto("/review/log")
    row = page.locator("tr", has_text="ada, ben")
    expect(row).to_contain_text(re.compile(r"\d"))
    assert page.get_by_role("columnheader", name="Cohen").is_visible()


def test_rejecting_and_taking_back_with_the_keyboard(page, archive):
    [merowe] = [i for i in archive.incidents() if i.place and i.place.name == "Merowe"]
    page.goto(f"/review?by=ada&id={merowe.id}")
    page.keyboard.press("r")
    expect(page.locator(".review h2")).not_to_contain_text("Merowe")
    assert not [i for i in archive.incidents() if i.place and i.place.name == "Merowe"]
    page.keyboard.press("u")
    expect(page.locator(".review h2")).to_contain_text("Merowe")
    page.goto("/review/log")
    expect(page.locator("tbody tr").first).to_contain_text("undecided")


def test_words_selected_in_a_report_become_an_event(page, archive):
    page.goto("/reports/m1")
    page.locator(".text").evaluate(
        """(text) => {
            const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const at = node.textContent.indexOf("shots were heard");
                if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + "shots were heard".length);
            }
        }"""
    )
    expect(page.locator("#missed [name=words]")).to_have_value("shots were heard")
    page.locator("#missed [name=type]").select_option("clash")
    page.get_by_label("Where", exact=True).fill("Merowe")
    page.get_by_label("From").fill("2023-04-15")
    page.get_by_label("Your name").fill("ada")
    page.get_by_role("button", name="Add the event").click()
    expect(page.locator(".event .by-hand")).to_have_text("added by ada")
    expect(page.locator(".text mark.m-trigger", has_text="shots were heard")).to_be_visible()
    [clash] = [i for i in archive.incidents() if i.type == "clash" and i.place and i.place.name == "Merowe"]
    assert clash.when.start.isoformat() == "2023-04-15"


def test_a_selection_over_marks_and_lines_is_taken_whole(page, archive):
    page.goto("/reports/k1")
    text = archive.report("k1").text
    page.locator(".text").evaluate("(text) => document.getSelection().selectAllChildren(text)")
    expect(page.locator("#missed [name=words]")).to_have_value(" ".join(text.split()))
    assert page.locator("#missed [name=start_at]").input_value() == "0"
    assert page.locator("#missed [name=end_at]").input_value() == str(len(text))


def test_parting_and_rejoining_an_account(page, archive):
    page.goto("/review?by=ada")
    page.keyboard.press("3")
    page.keyboard.press("s")
    expect(page.locator(".judged")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".judged")).to_have_count(3)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signing_in_and_out_on_a_phone(page, archive, theme):
    archive.people.add("ada", "seven grey herons", "admin", by="test")
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": 375, "height": 760})
    page.goto("/audit")
    for path in ("/login", "/audit"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        page.evaluate((VENDOR / "axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [], path
        if path == "/login":
            page.get_by_label("Name").fill("ada")
            page.get_by_label("Password").fill("seven grey herons")
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(re.compile("/audit"))
    expect(page.get_by_role("link", name="Reports")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/login"))
