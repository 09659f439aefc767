// A button that shows the page alone, in larger letters, for a meeting room. Esc leaves, as everywhere.
// How the page looks then is said in css/dashboard.css, under :root:fullscreen.

const root = document.documentElement;

for (const button of document.querySelectorAll("[data-full-screen]")) {
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    button.setAttribute("aria-pressed", String(document.fullscreenElement === root));
  });
}
