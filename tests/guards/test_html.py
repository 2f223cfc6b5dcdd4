"""Every page of every audience is valid HTML, judged by html-validate: a checker nobody here wrote."""

import pytest

from accounts.enums import Audience

from .routes import all_routes

WHO = {Audience.PUBLIC: "visitor", Audience.ENTRANCE: "visitor"}
STAFF = ("author", "approver", "moderator", "lead", "councillor", "administrator")


@pytest.mark.slow
def test_every_page_is_valid_html(portal, browser_of, html_checker, tmp_path):
    clients = {who: browser_of(person) for who, person in portal.people.items() if who in {"visitor", *STAFF}}
    names: dict[str, str] = {}
    for route in all_routes():
        audience = getattr(route.view, "audience", None)
        people = [WHO[audience]] if audience in WHO else STAFF
        for address in portal.addresses(route):
            for who in people:
                answer = clients[who].get(address)
                if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith(
                    "text/html"
                ):
                    file = f"{len(names):04}.html"
                    names[file] = f"{who} {address}"
                    (tmp_path / file).write_bytes(answer.content)
                    break

    faults = {names[file]: found for file, found in html_checker(tmp_path).items()}

    assert len(names) > 60
    assert faults == {}
