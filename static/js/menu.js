// Opens and closes the menu on a narrow screen.
const menu = document.querySelector('[data-behaviour="menu"]');
const toggle = menu?.querySelector("[aria-expanded]");

function open(isOpen) {
  toggle.setAttribute("aria-expanded", String(isOpen));
}

toggle?.addEventListener("click", () => open(toggle.getAttribute("aria-expanded") !== "true"));
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || toggle.getAttribute("aria-expanded") !== "true") return;
  open(false);
  toggle.focus();
});
