// Copies the text beside a copy button and says so.
const SHOWN_MS = 2000;

document.addEventListener("click", async (event) => {
  const button = event.target.closest('[data-behaviour="copy"] button');
  if (!button) return;
  const block = button.closest('[data-behaviour="copy"]');
  const source = block.querySelector("[data-copied]");
  const text = source.value ?? source.textContent;
  announce(block, (await copied(text)) ? "Copied" : "Not copied: select it and press Ctrl+C");
});

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

// Without HTTPS there is no clipboard API; the old command still works.
function copiedBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  return isDone;
}

function announce(block, sentence) {
  const shown = block.querySelector("[data-copy-text]");
  const status = block.querySelector('[role="status"]');
  shown.textContent = sentence;
  status.textContent = sentence;
  setTimeout(() => {
    shown.textContent = "Copy";
    status.textContent = "";
  }, SHOWN_MS);
}
