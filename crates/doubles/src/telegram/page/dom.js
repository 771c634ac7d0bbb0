// Elements from values. Text is always text: nothing that somebody wrote becomes markup.

/** @param {string} tag @param {Record<string, unknown>} [props] @param {...(Node|string|null|false|undefined)} children */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'hue') element.style.setProperty('--hue', value);
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A disc with initials; its colour is always the same for the same key. */
export function avatar(key, name) {
  // Steps of the golden angle keep neighbours apart.
  const hue = [...key].reduce((sum, digit) => (sum * 10 + digit.charCodeAt(0)) % 997, 0) * 137.5;
  const words = name.split(/\s+/).filter(Boolean);
  const initials = words.slice(0, 2).map((word) => [...word][0]).join('');
  return el('span', { class: 'avatar', hue, 'aria-hidden': 'true' }, initials.toUpperCase());
}

export function time(secs) {
  return new Date(secs * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

let hiding = 0;

/** Says something for a few seconds. */
export function notice(text) {
  const place = byId('notice');
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(hiding);
  hiding = setTimeout(() => place.classList.remove('shown'), 5000);
}

/**
 * Asks for a few values in a dialog and answers them, or null.
 * @param {string} title
 * @param {Array<{name: string, label: string, value?: string, required?: boolean}>} fields
 */
export function form(title, fields, button = 'OK') {
  const dialog = byId('form');
  return new Promise((resolve) => {
    const inputs = fields.map((field) => el('label', {}, field.label, el('input', {
      name: field.name, value: field.value ?? '', required: field.required, autocomplete: 'off',
    })));
    const cancel = el('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel');
    const body = el('form', { method: 'dialog' },
      el('h2', {}, title), ...inputs, el('div', { class: 'row' }, cancel, el('button', {}, button)));
    let values = null;
    body.addEventListener('submit', () => {
      values = Object.fromEntries([...new FormData(body)].filter(([, value]) => value !== ''));
    });
    dialog.replaceChildren(body);
    dialog.addEventListener('close', () => resolve(values), { once: true });
    dialog.showModal();
  });
}
