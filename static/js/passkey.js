// Says so when a passkey does not answer, hides passkeys where the browser has none, and lets the button be
// pressed only once allauth listens to it; must not talk to the server.

const problem = document.querySelector("[data-passkey-problem]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (problem) problem.hidden = false;
});

if (!window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = true;
  });
}

// allauth begins to listen at DOMContentLoaded, which is before this.
window.addEventListener("load", () => {
  document.querySelectorAll("form[data-passkey] button[disabled]").forEach((button) => {
    button.disabled = false;
  });
});
