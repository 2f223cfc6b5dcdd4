"""The product's main job, once, for real: from a draft to the town, to three networks, and back."""

import io
import re

import pytest
from PIL import Image

from social.models import SandboxPost
from tests.real.process import wait_until

from .browsing import Person, Reader
from .residents import send, tell

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.timeout(400),
]

TITLE = "Burst main in Quay Street"
SUMMARY = "Low or no water in Quayside. Crews are on the spot."
ALT = "Water rises from a crack in Quay Street beside two parked vans."
QUESTION = "Is the water safe to drink for my baby?"
ANSWER = "Boil it first, then let it cool. It is safe to wash with."
COMPLAINT = "You idiots should have mended that pipe years ago!"
CHANGE = "The main is repaired; pressure returns by the evening."
REASON = "This notice named a resident by mistake. A new one follows."


def picture() -> bytes:
    """Return a photograph of sorts."""
    out = io.BytesIO()
    Image.effect_noise((800, 450), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


class Networks:
    """What really stands on the servers."""

    def __init__(self, pds, did, mastodon):
        self.pds, self.did, self.mastodon = pds, did, mastodon

    def texts(self) -> tuple[list[str], list[str], list[str]]:
        """Return the posts on Bluesky, Mastodon and the practice network."""
        toots = [re.sub(r"<[^>]+>", " ", status["content"]) for status in self.mastodon.statuses()]
        skies = [record["value"]["text"] for record in self.pds.records(self.did)]
        return skies, toots, list(SandboxPost.objects.on_show().values_list("text", flat=True))

    def counts(self) -> tuple[int, ...]:
        """Return how many posts there are on each."""
        return tuple(map(len, self.texts()))

    def alt_texts(self) -> tuple[list[str], list[str], list[str]]:
        """Return the descriptions of all pictures on each."""
        skies = [
            image["alt"]
            for record in self.pds.records(self.did)
            for image in record["value"].get("embed", {}).get("images", [])
        ]
        toots = [
            media["description"]
            for status in self.mastodon.statuses()
            for media in status["media_attachments"]
        ]
        practice = [image["alt"] for post in SandboxPost.objects.on_show() for image in post.images]
        return skies, toots, practice

    def wait_for(self, *counts: int) -> None:
        """Wait for the worker."""
        wait_until(lambda: self.counts() == counts, what=f"{counts} posts, not {self.counts()}", seconds=60)


def connect(lead: Person, channel: str, team: str, by: str = "", **typed: str) -> None:
    """Connect an account as the communications lead would; `by` names another way than the first offered."""
    lead.go("/staff/accounts/connect/", "Where is the account?")
    page = lead.follow(channel)
    if by:
        page = lead.follow(by)
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_label(team).check()
    lead.press("Connect")
    assert page.get_by_role("alert").count() == 0, page.get_by_role("alert").inner_text()


def write(author: Person) -> str:
    """Write the outage with a picture, send it for approval; return the address of its page for staff."""
    author.go("/staff/notices/new/")
    author.page.get_by_label("Outage").check()
    page = author.press("Continue")
    author.press("Save and check")
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_title"
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill(SUMMARY)
    page.get_by_label("Service").select_option("water")
    page.get_by_label("State").select_option("investigating")
    page.get_by_label("Quayside").check()
    page.locator("#id_picture").set_input_files(
        {"name": "street.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.get_by_label("Description of the picture").fill(ALT)
    author.press("Save and check", TITLE)
    address = page.url
    author.follow("Send for approval")
    author.press("Send for approval", TITLE)
    return address


def test_from_a_draft_to_the_town_and_back(council, portal, faults, chromium, pds, mastodon, smtp_sink):
    did, _main_password = pds.make_account("riverbank")
    password = pds.make_app_password(did, "portal")
    networks = Networks(pds, did, mastodon)
    resident = Reader(chromium, portal.url, faults)

    def enter(person) -> Person:
        come = Person(chromium, portal.url, faults)
        come.sign_in(person)
        return come

    connect_all(enter(council.lead), council.team.name, pds.base_url, did, password, mastodon)
    confirm_all(enter(council.administrator))
    author, approver = enter(council.author), enter(council.approver)
    address = write(author)
    assert_refused_approval(author, address)
    approve(approver, address)
    networks.wait_for(1, 1, 1)
    assert networks.alt_texts() == ([ALT], [ALT], [ALT])

    resident.go("/")
    public = resident.follow(TITLE, TITLE).url
    assert resident.page.get_by_alt_text(ALT).count() == 1
    question, complaint = ask(resident, public), tell(resident, public, COMPLAINT)
    moderate(enter(council.moderator), question, complaint)
    answer(author, question)
    assert_answered(smtp_sink, resident, public)
    councillor = enter(council.councillor)
    assert councillor.go("/staff/summary/?ward=all").get_by_text(QUESTION).count() == 1

    renew(author, approver, address)
    networks.wait_for(2, 2, 2)
    assert all(any(CHANGE in text for text in texts) for texts in networks.texts())
    assert resident.go(public, TITLE).get_by_text(CHANGE).count() >= 1

    withdraw(author, renewed(address))
    networks.wait_for(0, 0, 0)
    assert resident.go(public).get_by_text(REASON).count() >= 1
    author.go(renewed(address), TITLE)

    assert "\n".join(dict.fromkeys(faults.found)) == ""
    assert faults.looked_at > 30


def connect_all(lead: Person, team: str, server: str, did: str, password: str, mastodon) -> None:
    """Connect an account on each network, as the communications lead would."""
    connect(lead, "Bluesky", team, Server=server, Name_on_the_platform=did, App_password=password)
    toots = {"Server": mastodon.base_url, "Name_on_the_platform": "council", "Access_token": mastodon.token}
    connect(lead, "Mastodon", team, by="I have an access token instead", **toots)
    connect(lead, "Practice network", team, Name_on_the_platform="riverbank")


def confirm_all(second: Person) -> None:
    """Agree as the second person that each account is the council's own."""
    for _account in range(3):
        page = second.go("/staff/steps/", "Steps for two people")
        page.get_by_role("link", name="Use this account").first.click()
        second.press("I have looked, and I agree")
    assert second.go("/staff/steps/").get_by_text("Nothing waits for a second person").count() == 1


def assert_refused_approval(author: Person, address: str) -> None:
    """The author reads why they may not approve, and is offered no button."""
    page = author.go(f"{address}approve/", TITLE)
    assert page.get_by_text("You wrote or changed part of this").count() >= 1, page.inner_text("main")
    assert page.get_by_role("button", name="Approve and publish now").count() == 0


def approve(approver: Person, address: str) -> None:
    """Read the page and every post, approve and publish, and look at what came of it."""
    page = approver.go(f"{address}approve/", TITLE)
    # In residents' words, and in the post to each of three accounts.
    assert page.get_by_text(TITLE).count() >= 4
    page.get_by_label("I have read the page and every post").check()
    approver.press("Approve and publish now", TITLE)


def moderate(moderator: Person, question: str, complaint: str) -> None:
    """Publish the question and hide the complaint."""
    moderator.go("/staff/inbox/", "Inbox")
    moderator.follow(question, question)
    moderator.press("Publish")
    moderator.go(f"/staff/inbox/{complaint}/", complaint)
    moderator.page.get_by_label("Abusive").check()
    moderator.press("Hide it")


def answer(author: Person, question: str) -> None:
    """Answer where everybody can read it."""
    author.go(f"/staff/inbox/{question}/", question)
    author.page.get_by_label("Answer", exact=True).fill(ANSWER)
    author.press("Publish the answer")


def assert_answered(smtp_sink, resident: Reader, public: str) -> None:
    """The asker has receipt and answer, and everybody reads both but not what was hidden."""
    wait_until(lambda: len(smtp_sink.box) > 1, what="the mail with the answer", seconds=60)
    page = resident.go(public, TITLE)
    receipt, mail = smtp_sink.box
    assert (receipt["To"], mail["To"]) == ("asker@example.org", "asker@example.org")
    assert ANSWER in mail.get_body(("plain",)).get_content()
    shown = {text: page.get_by_text(text).count() for text in (QUESTION, ANSWER, COMPLAINT)}
    assert shown == {QUESTION: 1, ANSWER: 1, COMPLAINT: 0}


def withdraw(author: Person, address: str) -> None:
    """Withdraw with a reason for everybody to read."""
    author.go(f"{address}withdraw/")
    author.page.get_by_label("Why is it withdrawn?").fill(REASON)
    author.press("Withdraw")


def ask(resident: Reader, public: str) -> str:
    """Ask a question with an address for the answer, after being refused once; return its reference."""
    page = resident.go(public)
    resident.follow("Ask a question")
    page.get_by_label("Send me the answer by e-mail").check()
    resident.page.get_by_role("button", name="Send your question").click()
    page.get_by_role("link", name="Write your question.").click()
    assert page.evaluate("document.activeElement.name") == "text"
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_label("Your postcode or ward").fill("RB1 2AA")
    page.get_by_label("Your e-mail address").fill("asker@example.org")
    return send(resident, "Send your question")


def renew(author: Person, approver: Person, address: str) -> None:
    """Write, approve and publish the second edition."""
    author.go(address)
    page = author.press("Write a new edition")
    page.get_by_label("What changed?").fill(CHANGE)
    author.press("Save and check", TITLE)
    author.follow("Send for approval")
    author.press("Send for approval", TITLE)
    approve(approver, renewed(address))


def renewed(address: str) -> str:
    """Return the address of the second edition."""
    return f"{address.removesuffix('1/')}2/"
