// Asks in a dialog before a form posts. Without script, the answer is a page that asks.
const dialog = document.getElementById("confirm-dialog");
let waiting = null;

document.addEventListener("submit", (event) => {
  const form = event.target.closest('form[data-behaviour="confirm"]');
  if (!form || form === waiting) return;
  event.preventDefault();
  ask(form, event.submitter);
});

dialog.addEventListener("close", () => {
  if (waiting && dialog.returnValue === "confirm") send(waiting);
  waiting = null;
});

function send(form) {
  const answer = Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed", value: "yes" });
  form.append(answer);
  form.requestSubmit();
  answer.remove();
}

function ask(form, submitter) {
  waiting = form;
  const label = submitter.textContent.trim();
  const button = dialog.querySelector("[data-confirm-button]");
  dialog.querySelector("[data-confirm-title]").textContent = form.dataset.title;
  dialog.querySelector("[data-confirm-question]").textContent = form.dataset.question;
  button.textContent = label;
  button.className = submitter.classList.contains("button-danger")
    ? "button button-danger"
    : "button button-primary";
  dialog.returnValue = "cancel";
  dialog.showModal();
}
