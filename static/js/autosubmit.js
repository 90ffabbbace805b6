// Sends a filter as soon as a choice changes; typing still waits for Enter or the button.
document.addEventListener("change", (event) => {
  const form = event.target.closest('form[data-behaviour="autosubmit"]');
  if (form && event.target.matches("select")) form.requestSubmit();
});
