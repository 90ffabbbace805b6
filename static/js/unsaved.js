// Lets the browser ask before a page with unsaved changes is left.
let changed = null;

document.addEventListener("input", (event) => {
  // The form a field belongs to, which may be another than the one it stands in.
  if (event.target.form?.dataset.behaviour === "unsaved") changed = event.target.form;
});
document.addEventListener("submit", (event) => {
  if (event.target === changed) changed = null;
});
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
