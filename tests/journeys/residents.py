"""What residents do with the forms of a notice; a question is sent only when its writer says so."""

import io

from PIL import Image

from .browsing import Person

MINE = "No, send mine"


def send(resident: Person, button: str) -> str:
    """Send the form, again if the first press came too soon or likely answers are shown first.

    Return the receipt's reference.
    """
    while "/received/" not in resident.page.url:
        has_mine = resident.page.get_by_role("button", name=MINE, exact=True).count()
        press_in_time(resident, MINE if has_mine else button)
    resident.see()
    return resident.page.url.split("/received/")[1].split("/")[0]


def press_in_time(resident: Person, button: str) -> None:
    """Press after the seconds a person takes: a machine is quicker, and refused."""
    resident.page.wait_for_timeout(2100)
    with resident.page.expect_navigation():
        resident.page.get_by_role("button", name=button, exact=True).click()


def tell(resident: Person, public: str, words: str, picture: bytes = b"", email: str = "") -> str:
    """Tell what one thinks of a notice, with a photo if there is one; return its reference."""
    page = resident.go(public)
    resident.follow("Tell us what you think", "Tell us what you think")
    page.get_by_label("What do you want us to know?").fill(words)
    page.get_by_label("Your e-mail address").fill(email)
    if picture:
        file = {"name": "street.jpg", "mimeType": "image/jpeg", "buffer": picture}
        page.get_by_label("A photo").set_input_files(file)  # type: ignore[arg-type]
    return send(resident, "Send")


def photo() -> bytes:
    """Return a photograph of sorts."""
    out = io.BytesIO()
    Image.effect_noise((600, 400), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def write_question(resident: Person, public: str, words: str) -> None:
    """Open the form from the notice and write the question, without sending it."""
    resident.go(public)
    page = resident.follow("Ask a question", "Ask a question")
    page.get_by_label("Your question").fill(words)


def ask(resident: Person, public: str, words: str, email: str) -> str:
    """Ask, wanting the answer at an address; return the question's reference."""
    write_question(resident, public, words)
    resident.page.get_by_label("Send me the answer by e-mail").check()
    resident.page.get_by_label("Your e-mail address").fill(email)
    return send(resident, "Send your question")
