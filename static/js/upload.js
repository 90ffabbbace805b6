// A file input that also takes dropped files and shows how far the upload is.
for (const form of document.querySelectorAll("[data-behaviour='upload']")) {
  const input = form.querySelector("input[type='file']");
  const bar = form.querySelector("progress");
  const said = form.querySelector("[role='status']");

  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("is-over"); });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    input.files = event.dataTransfer.files;
    said.textContent = input.files[0] ? `${input.files[0].name} is chosen.` : "";
  });

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    bar.hidden = false;
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      bar.max = step.total;
      bar.value = step.loaded;
      said.textContent = `${Math.round((100 * step.loaded) / step.total)} % sent`;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) {
        window.location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const reason = page.querySelector(".error-summary");
      bar.hidden = true;
      said.textContent = reason ? reason.textContent.trim() : `The upload was refused (${request.status}).`;
    });
    request.addEventListener("error", () => {
      bar.hidden = true;
      said.textContent = "The connection broke. Nothing was kept: send the file again.";
    });
    request.send(new FormData(form));
  });
}
