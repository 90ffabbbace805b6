// Keeps the builder steady while its conditions are exchanged: the focus, what is open, what is shown.
const found = () => document.querySelector('[data-behaviour="builder"]');
// What came with the page is as it was said; an answer takes this mark away.
if (found()) found().dataset.settled = "yes";

// What was written since the answer was asked for: it is newer than the answer.
const written = new Map();
document.addEventListener("input", (event) => {
  if (found()?.contains(event.target)) written.set(event.target.id, event.target.value);
});
document.addEventListener("htmx:before:request", (event) => {
  if (event.target.id !== "sentence" && found()?.contains(event.target)) written.clear();
});

document.addEventListener("htmx:after:swap", () => {
  const builder = found();
  if (!builder || builder.dataset.settled === "yes") return;
  builder.dataset.settled = "yes";
  showWhatIsSaid(builder);
  if (!builder.dataset.verb) return;
  target(builder)?.focus();
  builder.dispatchEvent(new CustomEvent("recount", { bubbles: true }));
});

// What is asked as JSON or SQL stays open while conditions change.
document.addEventListener("htmx:before:morph:attr", (event) => {
  if (event.detail.attrName === "open" && event.target.matches(".builder-code")) event.preventDefault();
});

// A menu closes where something else is pressed, and by Escape, which leaves the focus at its button.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".condition-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".condition-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A field that was written in keeps its text when another condition takes its place: the answer is right.
function showWhatIsSaid(builder) {
  const isNewer = (control) => !builder.dataset.verb && written.has(control.id);
  for (const control of builder.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (isNewer(control)) {
      control.value = written.get(control.id);
      continue;
    }
    if (control.matches("select")) {
      for (const option of control.options) option.selected = option.defaultSelected;
      if (control.selectedIndex < 0) control.selectedIndex = 0;
    } else if (control.value !== control.defaultValue) {
      control.value = control.defaultValue;
    }
  }
}

// The same button on what was moved, so that it can be pressed again; else the condition or its field.
function target(builder) {
  const { focus, verb, path } = builder.dataset;
  const isMove = ["up", "down"].includes(verb);
  const same = isMove && builder.querySelector(`button[value="${verb} ${path}"]`);
  return same || document.getElementById(focus);
}
