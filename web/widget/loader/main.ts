/**
 * The script that a website includes.
 *
 * It fetches the widget's configuration, shows a launcher and loads the frame on the first intent (pointer, focus,
 * `open`, `identify`). When this browser has a history here, the frame is loaded at once but stays hidden, so that
 * the badge counts what came in meanwhile. The only thing kept on the page's own origin is that one flag.
 */

import type { PageInfo, PageMessage, Theme } from "../protocol.ts";
import { Emitter, publish } from "./api.ts";
import { FrameLink } from "./frame-link.ts";
import { Launcher, type LauncherOptions } from "./launcher.ts";

async function start(script: HTMLScriptElement, key: string): Promise<void> {
  const origin = new URL(script.src).origin;
  const events = new Emitter();
  const waiting: PageMessage[] = [];
  let launcher: Launcher | null = null;
  let link: FrameLink | null = null;
  let isWanted = hasHistory(key);
  let isOpen = false;

  const load = () => {
    isWanted = true;
    if (launcher === null || link !== null) return;
    link = new FrameLink(origin, key, launcher.label, startMessage(script), (message) => {
      const { type } = message;
      if (type === "close") show(false);
      else if (type === "history") hasHistory(key, message.exists);
      else if (type === "message") events.emit(type, message.message);
      else if (type === "ready") events.emit(type, undefined);
      else if (type === "unread") {
        launcher?.setUnread(message.count);
        events.emit(type, message.count);
      }
    });
    launcher.attach(link.element);
    waiting.splice(0).forEach((message) => link?.post(message));
  };
  /** What says nothing by itself waits for the frame; everything else is a reason to load it. */
  const post = (message: PageMessage, isReason = true) => {
    if (isReason) load();
    if (link === null) waiting.push(message);
    else link.post(message);
  };
  const show = (next: boolean) => {
    if (next === isOpen) return;
    isOpen = next;
    if (launcher === null) return;
    if (next) post({ type: "page", page: pageInfo() });
    launcher.show(next);
    post({ type: next ? "shown" : "hidden" });
    if (next) link?.element.focus();
    else launcher.focus();
    events.emit(next ? "open" : "close", undefined);
  };

  publish({
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!isOpen),
    identify: (identity) => post({ type: "identify", identity }),
    setAttributes: (attributes) => post({ type: "attributes", attributes }, false),
    setLocale: (locale) => post({ type: "locale", locale }, false),
    reset: () => post({ type: "reset" }),
    on: (event, listener) => events.on(event, listener),
  });

  const config = await fetchConfig(`${origin}/widget/v1/${key}/config`);
  if (config === null) return;
  launcher = new Launcher(config, () => show(!isOpen), load);
  if (isWanted) load();
  if (isOpen) {
    isOpen = false;
    show(true);
  }
  const tellPage = () => link?.post({ type: "page", page: pageInfo() });
  window.addEventListener("popstate", tellPage);
  window.addEventListener("hashchange", tellPage);
}

/** A widget that is switched off or not allowed here shows nothing, and says why to the developer. */
async function fetchConfig(url: string): Promise<LauncherOptions | null> {
  try {
    const answer = await fetch(url, { credentials: "omit" });
    if (answer.ok) return (await answer.json()) as LauncherOptions;
    throw new Error(await answer.text());
  } catch (error) {
    console.warn("Tertulia is not shown:", error);
    return null;
  }
}

function startMessage(script: HTMLScriptElement): PageMessage {
  const { theme, locale } = script.dataset;
  return {
    type: "start",
    page: pageInfo(),
    locale: locale ?? null,
    theme: theme === "light" || theme === "dark" ? theme : ("auto" satisfies Theme),
  };
}

function pageInfo(): PageInfo {
  return { url: location.href, title: document.title, referrer: document.referrer || null };
}

/** Reads the flag, or writes it when told; with storage blocked the badge waits for the first intent. */
function hasHistory(key: string, exists?: boolean): boolean {
  const flag = `tertulia:${key}:history`;
  try {
    if (exists) localStorage.setItem(flag, "1");
    else if (exists === false) localStorage.removeItem(flag);
    return localStorage.getItem(flag) !== null;
  } catch {
    return false;
  }
}

const script = (document.currentScript ??
  document.querySelector("script[data-key][src*='/widget/loader.js']")) as HTMLScriptElement | null;
const key = encodeURIComponent(script?.dataset["key"] ?? "");
if (script !== null && key !== "" && window.tertulia?.open === undefined) {
  const begin = () => void start(script, key);
  if (document.body === null) document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
