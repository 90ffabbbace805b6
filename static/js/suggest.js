// Fills the list of a field with what there is, once somebody comes to it: events, properties, values.
const known = new Map();

document.addEventListener("focusin", async (event) => {
  const field = event.target;
  if (!field.matches?.('[data-behaviour="suggest"]')) return;
  const address = addressFor(field);
  const list = document.getElementById(field.getAttribute("list"));
  if (!address || !list || list.dataset.from === address) return;
  list.dataset.from = address;
  if (!known.has(address)) known.set(address, await answered(address));
  list.innerHTML = known.get(address);
});

function addressFor(field) {
  const base = field.closest("[data-suggestions]").dataset.suggestions;
  const asked = new URLSearchParams();
  const event = field.closest("[data-event]")?.dataset.event;
  const part = field.id.slice(0, field.id.lastIndexOf(":"));
  if (field.dataset.of === "attribute") asked.set("attribute", valueOf(`${part}:attribute`));
  if (["property", "value"].includes(field.dataset.of)) asked.set("event", valueOf(event));
  if (field.dataset.of === "value") asked.set("property", valueOf(`${part}:property`));
  return `${base}?${asked}`;
}

function valueOf(id) {
  return document.getElementById(id)?.value ?? "";
}

async function answered(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  return answer?.ok ? answer.text() : "";
}
