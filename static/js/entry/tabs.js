// Sections as tabs (the ARIA pattern). Without this script they stand one beneath the other and the
// tabs are links to them; the address says which one is open either way.

export class Tabs {
  constructor(list) {
    this.tabs = [...list.querySelectorAll("a")];
    list.setAttribute("role", "tablist");
    for (const tab of this.tabs) {
      const panel = this.#panelOf(tab);
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    }
    list.addEventListener("click", (event) => this.#clicked(event));
    list.addEventListener("keydown", (event) => this.#pressed(event));
    window.addEventListener("hashchange", () => this.follow(location.hash));
    // Of a returned form only a few cells are open: begin where the first of them is.
    this.open(this.tabs.find((tab) => this.#panelOf(tab).querySelector("tr.open")) ?? this.tabs[0]);
    this.follow(location.hash);
  }

  #panelOf(tab) {
    return document.getElementById(tab.hash.slice(1));
  }

  open(tab) {
    for (const one of this.tabs) {
      const isOpen = one === tab;
      one.setAttribute("aria-selected", String(isOpen));
      one.tabIndex = isOpen ? 0 : -1;
      this.#panelOf(one).hidden = !isOpen;
    }
  }

  /** Open the tab in which `element` stands. */
  reveal(element) {
    const tab = this.tabs.find((one) => this.#panelOf(one).contains(element));
    if (tab && tab.getAttribute("aria-selected") !== "true") this.open(tab);
  }

  /** An address of a section (#p-code) opens it; one of a cell (#v-code) also puts the focus there. */
  follow(hash) {
    const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!target) return;
    this.reveal(target);
    if (!target.matches("[role=tabpanel]")) {
      target.focus();
      target.closest("tr")?.scrollIntoView({ block: "center" });
    }
  }

  #clicked(event) {
    const tab = event.target.closest("a");
    if (!tab) return;
    event.preventDefault();
    this.#choose(tab);
  }

  #choose(tab) {
    this.open(tab);
    tab.focus();
    tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    history.replaceState(history.state, "", tab.hash);
  }

  #pressed(event) {
    const place = this.tabs.indexOf(event.target);
    const last = this.tabs.length - 1;
    const to = {
      ArrowRight: place === last ? 0 : place + 1,
      ArrowLeft: place === 0 ? last : place - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (place < 0 || to === undefined) return;
    event.preventDefault();
    this.#choose(this.tabs[to]);
  }
}
