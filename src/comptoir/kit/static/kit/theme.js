// Loaded in <head>, before the page is drawn, so that the dark theme does not flash white.
// The choice (auto, clair, sombre) stays in this browser; "auto" follows the device.
(() => {
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "comptoir-theme";

  const choice = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto"; // storage refused by the browser: follow the device
    }
  };
  const apply = () => {
    const wanted = choice();
    const dark = wanted === "sombre" || (wanted !== "clair" && device.matches);
    root.dataset.bsTheme = dark ? "dark" : "light";
  };

  root.dataset.js = "";
  apply();
  device.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    for (const input of document.querySelectorAll("[data-theme-switch] input")) {
      input.checked = input.value === choice();
    }
  });
  document.addEventListener("change", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    try {
      localStorage.setItem(KEY, event.target.value);
    } catch {
      // the choice then lasts as long as the page
    }
    if (choice() === event.target.value) apply();
    else root.dataset.bsTheme = event.target.value === "sombre" ? "dark" : "light";
  });
})();
