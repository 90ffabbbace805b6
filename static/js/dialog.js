// Opens the dialog that a button names.
document.addEventListener("click", (event) => {
  const button = event.target.closest('[data-behaviour="dialog"]');
  if (button) document.getElementById(button.dataset.dialog).showModal();
});
