// Copies the text of the element named by data-copies, and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-behaviour='copy']");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  const said = button.querySelector("[role='status']");
  said.textContent = "Copied";
  window.setTimeout(() => { said.textContent = "Copy"; }, 2000);
});
