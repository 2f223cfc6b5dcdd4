// Says so when a passkey does not answer, and hides passkeys where the browser has none; must not talk to the server.

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
