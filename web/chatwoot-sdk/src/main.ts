/**
 * `window.chatwootSDK.run({ websiteToken, baseUrl })`, as Chatwoot's snippet calls it.
 *
 * Loads our loader from the same place, hides or moves its launcher as `window.chatwootSettings` says, and tells the
 * website by the window events that it listens for.
 */

import { LauncherHandle } from "./launcher.ts";
import { type ChatwootMethods, methods } from "./methods.ts";
import { type ChatwootSettings, readSettings, startLocale } from "./settings.ts";
import { call } from "./tertulia.ts";

interface RunOptions {
  websiteToken: string;
  baseUrl?: string;
}

declare global {
  interface Window {
    chatwootSDK?: { run(options: RunOptions): void };
    $chatwoot?: ChatwootMethods;
  }
}

/** Where this script came from, for snippets without a `baseUrl`. */
const OWN_ORIGIN = origin((document.currentScript as HTMLScriptElement | null)?.src ?? location.href);

function run({ websiteToken, baseUrl }: RunOptions): void {
  if (window.$chatwoot !== undefined) return;
  const settings = readSettings();
  const launcher = new LauncherHandle();
  if (settings.hideMessageBubble === true) launcher.hide(true);
  if (settings.position === "left" || settings.position === "right") launcher.move(settings.position);
  const base = origin(baseUrl ?? OWN_ORIGIN);
  const api = methods(base, websiteToken, launcher);
  window.$chatwoot = api;
  call("on", "open", () => tell("opened"));
  call("on", "close", () => tell("closed"));
  call("on", "message", ({ id, text, sender_name, at }) => {
    const created_at = Math.floor(Date.parse(at) / 1000);
    tell("on-message", { id, content: text, message_type: 1, created_at, sender: { name: sender_name } });
  });
  const script = loaderScript(base, websiteToken, settings);
  script.addEventListener("load", () => {
    api.hasLoaded = true;
    tell("ready");
  });
  script.addEventListener("error", () => tell("error"));
  document.head.append(script);
}

function loaderScript(base: string, websiteToken: string, settings: ChatwootSettings): HTMLScriptElement {
  const script = document.createElement("script");
  script.async = true;
  script.src = `${base}/widget/loader.js`;
  script.dataset["key"] = websiteToken;
  // Chatwoot is light unless it is told otherwise.
  script.dataset["theme"] = settings.darkMode ?? "light";
  const locale = startLocale(settings);
  if (locale !== null) script.dataset["locale"] = locale;
  return script;
}

function tell(name: string, detail?: unknown): void {
  window.dispatchEvent(new CustomEvent(`chatwoot:${name}`, { detail }));
}

function origin(url: string): string {
  return new URL(url, location.href).origin;
}

window.chatwootSDK ??= { run };
