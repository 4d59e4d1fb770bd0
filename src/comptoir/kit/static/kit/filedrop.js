// A drop zone around a native file input: <div data-drop><input type="file">…<p data-drop-name></div>.
// The input does the work; dragging is only a shorter way to fill it.
const zone = (event) => event.target.closest?.("[data-drop]");
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // a file dropped beside the zone must not replace the page
  zone(event)?.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
  const left = zone(event);
  if (left && !left.contains(event.relatedTarget)) left.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const target = zone(event);
  if (!target) return;
  target.classList.remove("is-over");
  const input = target.querySelector("input[type=file]");
  const files = new DataTransfer();
  for (const file of event.dataTransfer.files) {
    if (files.items.length === 0 || input.multiple) files.items.add(file);
  }
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
});
document.addEventListener("change", (event) => {
  const name = zone(event)?.querySelector("[data-drop-name]");
  if (!name || event.target.type !== "file") return;
  name.textContent = [...event.target.files].map((file) => `${file.name} (${size(file.size)})`).join(", ");
});

function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "ko"] : [bytes / 1e6, "Mo"];
  return `${value.toLocaleString("fr-FR", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}
