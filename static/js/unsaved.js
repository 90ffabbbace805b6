// Lets the browser ask before a page with unsaved changes is left.
let changed = null;

document.addEventListener("input", (event) => {
  changed = event.target.closest('form[data-behaviour="unsaved"]') ?? changed;
});
document.addEventListener("submit", (event) => {
  if (event.target === changed) changed = null;
});
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
