"""The documentation page: whole on this server, and read in a real browser with no other."""

import os
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from shutil import which
from subprocess import run
from sys import executable
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.support.registers import EXAMPLES
from tests.support.served import Served
from tests.support.servers import Server, running

ROOT = EXAMPLES.parent
ASSETS = ROOT / "api" / "assets"
#: Set where a browser must be there: then its absence is no excuse.
MUST = "LEDGER_TESTS_NEED_BROWSER"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def test_the_files_of_others_are_as_they_were_published() -> None:
    said = tomllib.loads((ASSETS / "swagger-ui.toml").read_text("utf-8"))
    assert (said["name"], said["licence"]) == ("swagger-ui-dist", "Apache-2.0")
    found = {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in (ASSETS / "swagger-ui").iterdir()
    }
    assert found == said["sha256"]


def test_the_wheel_holds_the_page_its_files_and_the_tables(tmp_path: Path) -> None:
    made = run(
        [executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    names = set(ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    shipped = [path for path in ASSETS.rglob("*") if path.is_file()]
    shipped += (ROOT / "api").glob("*.toml")
    assert {path.relative_to(ROOT).as_posix() for path in shipped} <= names


def test_the_page_runs_no_script_but_its_files(office: Served) -> None:
    answer = office.client.get("/docs")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "<script>" not in answer.text
    assert "//" not in answer.text
    for file in ("swagger-ui-bundle.js", "swagger-ui.css", "docs.js", "favicon-32x32.png"):
        assert office.client.get(f"/docs/{file}").status_code == 200
    assert office.client.get("/docs/..%2Fapp.py").status_code == 404


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("docs")) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser; without one on the machine these tests are skipped, save where it must be."""
    chromium = which("chromium")
    if chromium is None:
        if os.environ.get(MUST):
            pytest.fail(f"{MUST} is set and there is no chromium")
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page that reaches this server alone, and must neither try elsewhere nor complain."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    elsewhere: list[str] = []
    complaints: list[str] = []

    def let_through(route: Route) -> None:
        address = route.request.url
        if address.startswith((f"{server.address}/", "data:", "blob:")):
            route.continue_()
        else:
            elsewhere.append(address)
            route.abort()

    page.route("**/*", let_through)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert elsewhere == []
    assert complaints == []


def test_the_page_shows_the_operations_and_one_with_its_example(
    page: Page, server: Server, tmp_path: Path
) -> None:
    page.goto(f"{server.address}/docs")
    leads = page.locator("#operations-tag-问题线索")
    leads.wait_for()
    assert page.locator(".info .title").inner_text().startswith("监督台账")
    assert page.locator(".opblock").count() == 0
    page.locator(".operation-filter-input").fill("问题线索")
    expect(page.locator(".opblock-tag")).to_have_count(1)
    leads.click()
    handling = page.locator("#operations-问题线索-handle_lead")
    handling.wait_for()
    handling.locator(".opblock-summary-control").click()
    example = handling.locator(".body-param__example")
    example.wait_for()
    assert "谈话函询" in example.inner_text()
    assert handling.locator("tr.response").count() > 5
    page.screenshot(path=os.environ.get("LEDGER_TESTS_SCREENSHOT", tmp_path / "docs.png"))
