// What `screens.py` measures, as seen from inside the page; evaluated there through the debugger.
window.screens = (() => {
  const KEYS_GO_TO = "a[href], button, input, select, textarea, summary, [tabindex], [onclick]";
  const ONE_STOP = "[role=grid], [role=tablist], [role=listbox], [data-sheet]"; // arrow keys move inside
  const SPACIOUS = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`;

  const called = (element) => {
    const words = element.innerText || element.getAttribute("aria-label") || element.name || "";
    return `${element.localName}.${element.className} “${words.trim().slice(0, 40)}”`;
  };

  const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

  // Lines, words and letters as WCAG 1.4.12 lets a reader space them. A constructed sheet passes our policy.
  function space(wanted) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SPACIOUS);
    document.adoptedStyleSheets = wanted ? [sheet] : [];
  }

  // Boxes that hide part of their words and do not say them elsewhere. Visually hidden ones mean to, and the
  // head of a grid is scrolled with its rows.
  function cutOff() {
    const hides = (value) => value === "hidden" || value === "clip";
    const found = [...document.body.querySelectorAll("*")].filter((box) => {
      if (box.clientWidth <= 1 || !box.checkVisibility()) return false;
      const { overflowX, overflowY } = getComputedStyle(box);
      const isCut = (hides(overflowX) && box.scrollWidth > box.clientWidth + 1)
        || (hides(overflowY) && box.scrollHeight > box.clientHeight + 1);
      return isCut && box.innerText?.trim() && !box.closest("[title], [aria-hidden=true], svg, .tabulator");
    });
    return found.map(called);
  }

  function waitsForKeys(element) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("[inert]")) return false;
    if (element.matches(":disabled, [type=hidden]")) return false;
    if (element.tabIndex >= 0) return !element.matches("[type=radio]:not(:checked)"); // arrows go on from the checked
    return element.matches("a, button, input, select, textarea") && !element.closest(ONE_STOP);
  }

  const isMarked = (element) => element
    && ["outlineStyle", "boxShadow"].some((name) => getComputedStyle(element)[name] !== "none");

  let wanted = [], reached = new Set(), unmarked = [];

  // Listen from now on where the keyboard goes; how many stops it should make.
  function listen() {
    wanted = [...document.querySelectorAll(KEYS_GO_TO)].filter(waitsForKeys);
    document.addEventListener("focusin", ({ target }) => {
      reached.add(target);
      if (![target, target.nextElementSibling, target.closest("label")].some(isMarked)) unmarked.push(called(target));
    });
    document.activeElement?.blur();
    return wanted.length;
  }

  // What was missed and what was not marked, since `listen`; then the page stands as if just opened.
  function heard() {
    document.activeElement?.blur();
    scrollTo(0, 0);
    const missed = wanted.filter((element) => element.isConnected && !reached.has(element));
    return [missed.map(called), unmarked];
  }

  return { excess, space, cutOff, listen, heard };
})();
