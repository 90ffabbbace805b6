// Moves the focus to what went wrong, so that it is read first.
document.querySelector('[data-behaviour="focus"]')?.focus();
