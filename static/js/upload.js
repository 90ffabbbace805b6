// Uploads with drag and drop, progress and cancel. Without script the form uploads as forms do.
const SELECTOR = 'form[data-behaviour="upload"]';

document.addEventListener("dragover", (event) => mark(event, true));
document.addEventListener("dragleave", (event) => mark(event, false));
document.addEventListener("drop", (event) => {
  const zone = mark(event, false);
  if (!zone || !event.dataTransfer.files.length) return;
  zone.querySelector('input[type="file"]').files = event.dataTransfer.files;
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest(SELECTOR);
  if (!form || !form.querySelector('input[type="file"]').files.length) return;
  event.preventDefault();
  upload(form);
});

function mark(event, isOver) {
  const zone = event.target.closest?.("[data-upload-drop]");
  if (!zone) return null;
  event.preventDefault();
  zone.classList.toggle("is-over", isOver);
  return zone;
}

function upload(form) {
  const request = new XMLHttpRequest();
  const cancel = form.querySelector("[data-upload-cancel]");
  request.upload.addEventListener("progress", (event) => showProgress(form, event));
  request.addEventListener("load", () => finish(form, request));
  request.addEventListener("error", () => fail(form, "The connection broke. Nothing was kept: try again."));
  request.addEventListener("abort", () => fail(form, "Cancelled. Nothing was kept."));
  cancel.onclick = () => request.abort();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html, application/problem+json");
  request.send(new FormData(form));
  setBusy(form, true);
}

function showProgress(form, event) {
  if (!event.lengthComputable) return;
  const share = event.loaded / event.total;
  form.querySelector("[data-upload-progress] progress").value = share;
  form.querySelector("[data-upload-text]").textContent =
    share < 1 ? `Uploading: ${Math.floor(share * 100)} %` : "Arrived. Checking the file";
}

function finish(form, request) {
  const type = request.getResponseHeader("Content-Type") ?? "";
  const page = type.includes("text/html") ? parsed(request.responseText) : null;
  if (page?.querySelector(".shell main")) return showPage(page, request.responseURL);
  const sentence = page ? errorPage(page) : detail(request);
  return fail(form, sentence || `The upload was refused (${request.status}). Try again.`);
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function errorPage(page) {
  const texts = [...page.querySelectorAll("main h1, main h1 + p")].map((part) => part.textContent);
  return texts.join(". ");
}

function detail(request) {
  try {
    return JSON.parse(request.responseText).detail;
  } catch {
    return null;
  }
}

// The answer is a page already: asking for it again would lose what it says about the upload.
function showPage(page, address) {
  const main = document.importNode(page.querySelector("main"), true);
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  history.replaceState(null, "", address);
  window.htmx?.process(main);
  (main.querySelector('[data-behaviour="focus"]') ?? main).focus();
}

function fail(form, sentence) {
  setBusy(form, false);
  const error = form.querySelector("[data-upload-error]");
  error.textContent = sentence;
  error.hidden = false;
}

function setBusy(form, isBusy) {
  form.querySelector("[data-upload-error]").hidden = true;
  form.querySelector("[data-upload-progress]").hidden = !isBusy;
  form.querySelector("[data-upload-submit]").disabled = isBusy;
}
