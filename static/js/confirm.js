// Asks before a form posts. Without script the form posts at once.
const dialog = document.getElementById("confirm-dialog");
let waiting = null;

document.addEventListener("submit", (event) => {
  const form = event.target.closest('form[data-behaviour="confirm"]');
  if (!form || form === waiting) return;
  event.preventDefault();
  ask(form, event.submitter);
});

dialog.addEventListener("close", () => {
  if (waiting && dialog.returnValue === "confirm") waiting.requestSubmit(waiting.querySelector("button"));
  waiting = null;
});

function ask(form, submitter) {
  waiting = form;
  const label = submitter.textContent.trim();
  const button = dialog.querySelector("[data-confirm-button]");
  dialog.querySelector("[data-confirm-title]").textContent = `${label}?`;
  dialog.querySelector("[data-confirm-question]").textContent = form.dataset.question;
  button.textContent = label;
  button.className = submitter.classList.contains("button-danger")
    ? "button button-danger"
    : "button button-primary";
  dialog.returnValue = "cancel";
  dialog.showModal();
}
