"""What the browser tests look at besides the page: its faults, and what axe-core says of it."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OURS = {"localhost", "127.0.0.1"}
ASKED_BY_SCRIPT = {"xhr", "fetch"}


def watch(context: BrowserContext, faults: list[str]) -> None:
    """Append to `faults` whatever goes wrong on the pages of `context`, a line each.

    That is: a breach of the content security policy, an error that escaped or was logged,
    a file that is not there, a failure of the server, and anything asked of another host. That
    a page is refused (403, 404) is no fault.
    """

    def console(message: ConsoleMessage) -> None:
        # A file that failed to load is judged by its response, where a refused page is no fault.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"console: {message.text}")

    def error(failure: WebError) -> None:
        faults.append(f"uncaught: {failure.error}")

    def asked(sent: Request) -> None:
        address = urlsplit(sent.url)
        if address.hostname and address.hostname not in OURS:
            faults.append(f"asked another host: {sent.url}")

    def response(answer: Response) -> None:
        request = answer.request
        may_be_refused = request.is_navigation_request() or request.resource_type in ASKED_BY_SCRIPT
        if answer.status >= (500 if may_be_refused else 400):
            faults.append(f"{answer.status}: {answer.url}")

    context.on("console", console)
    context.on("weberror", error)
    context.on("request", asked)
    context.on("response", response)


def axe_violations(page: Page, axe_source: str, *rules: str) -> list[str]:
    """Run axe-core on `page`; its violations, a line each: rule, what it asks for, the elements.

    All rules, or only `rules` ("color-contrast" is the one that depends on the theme).
    """
    only = list(rules) or AXE_RULES
    # Without reading the stylesheets a second time, which no rule here needs and our own policy stops.
    options = f"{{runOnly: {only}, resultTypes: ['violations'], preload: false}}"
    # Through the debugger: a script added to the page would be stopped by our own policy.
    session = page.context.new_cdp_session(page)
    if not page.evaluate("'axe' in window"):
        session.send("Runtime.evaluate", {"expression": axe_source})
    answer = session.send(
        "Runtime.evaluate",
        {
            "expression": f"axe.run(document, {options}).then(found => found.violations)",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    session.detach()
    assert "exceptionDetails" not in answer, answer
    return [_as_line(violation) for violation in answer["result"]["value"]]


def _as_line(violation: dict[str, Any]) -> str:
    elements = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} [{elements}]"
