/**
 * The launcher of our loader, as far as a website of Chatwoot's may steer it: shown or hidden, left or right.
 * The loader has no methods for this, because every website would pay for them; both live in this repository.
 */

const HOST = "div[data-side]";
const BUTTON = "button[aria-haspopup=dialog]";

export class LauncherHandle {
  #host: HTMLElement | null = null;
  #isHidden = false;
  #side: "left" | "right" | null = null;
  readonly #hiding = new CSSStyleSheet();

  constructor() {
    this.#hiding.replaceSync("button[aria-haspopup]{display:none}iframe{bottom:0!important}");
    this.#find();
    if (this.#host !== null) return;
    // The loader fetches the inbox's settings before it shows anything.
    const observer = new MutationObserver(() => {
      this.#find();
      if (this.#host !== null) observer.disconnect();
    });
    observer.observe(document.documentElement, { childList: true, subtree: true });
  }

  hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
    this.#apply();
  }

  move(side: "left" | "right"): void {
    this.#side = side;
    this.#apply();
  }

  #find(): void {
    const hosts = document.querySelectorAll<HTMLElement>(HOST);
    this.#host = [...hosts].find((host) => host.shadowRoot?.querySelector(BUTTON) != null) ?? null;
    this.#apply();
  }

  #apply(): void {
    const root = this.#host?.shadowRoot;
    if (this.#host === null || root == null) return;
    const others = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#hiding);
    root.adoptedStyleSheets = this.#isHidden ? [...others, this.#hiding] : others;
    if (this.#side !== null) this.#host.dataset["side"] = this.#side;
  }
}
