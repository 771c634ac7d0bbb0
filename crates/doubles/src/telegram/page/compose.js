// The composer: text, replies and edits, and everything that can be attached.

import { act, base64 } from './api.js';
import { byId, el, form, notice } from './dom.js';
import { summary } from './message.js';

/** What the next text is about: nothing, a reply, or an edit. */
let about = null;

/** @param {() => {key: string, user: string} | null} where the chat that is open, and who writes in it */
export function compose(where) {
  const text = byId('text');
  const send = (what) => run(() => act(where().key, 'send', { ...what, user: where().user, ...reply() }));
  byId('composer').addEventListener('submit', async (event) => {
    event.preventDefault();
    const value = text.value.trim();
    if (value === '' || !where()) return;
    const editing = about?.edit;
    text.value = '';
    grow(text);
    if (editing) {
      const key = editing.message.text === undefined ? 'caption' : 'text';
      await run(() => act(where().key, 'edit', { message_id: editing.message_id, user: where().user, [key]: value }));
    } else {
      await send({ text: value });
    }
    concern(null);
  });
  text.addEventListener('input', () => grow(text));
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      byId('composer').requestSubmit();
    }
    if (event.key === 'Escape') concern(null);
  });
  byId('photo-input').addEventListener('change', (event) => files(event.target, where, true));
  byId('file-input').addEventListener('change', (event) => files(event.target, where, false));
  byId('attach-menu').replaceChildren(...choices(send));
}

function grow(text) {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
}

function reply() {
  return about?.reply ? { reply_to: about.reply.message_id } : {};
}

/** Says above the composer what the next text is about. */
export function concern(what) {
  about = what;
  const place = byId('about-reply');
  place.hidden = what === null;
  if (what === null) return;
  const entry = what.reply ?? what.edit;
  if (what.edit) byId('text').value = entry.message.text ?? entry.message.caption ?? '';
  place.replaceChildren(
    el('span', {}, `${what.edit ? 'Edit' : 'Reply to'}: ${summary(entry.message)}`),
    el('button', { type: 'button', class: 'icon', 'aria-label': 'Cancel', onclick: () => concern(null) }, '✕'));
  byId('text').focus();
}

/** Runs an act; what the double refuses is shown. */
export async function run(what) {
  try {
    return await what();
  } catch (error) {
    notice(error instanceof Error ? error.message : String(error));
    return null;
  }
}

async function files(input, where, media) {
  const chosen = [...input.files];
  input.value = '';
  const items = await Promise.all(chosen.map(async (file) => {
    const kind = !media ? 'document' : file.type.startsWith('video/') ? 'video' : 'photo';
    return { [kind]: { name: file.name, mime: file.type || undefined, base64: await base64(file) } };
  }));
  const { key, user } = where();
  if (items.length > 1) await run(() => act(key, 'album', { items, user }));
  else if (items.length === 1) await run(() => act(key, 'send', { ...items[0], user, ...reply() }));
  concern(null);
}

function choices(send) {
  const choice = (name, chosen) => el('li', {}, el('button', {
    type: 'button',
    onclick: () => {
      document.querySelector('.attach').open = false;
      chosen();
    },
  }, name));
  return [
    choice('Photo or video', () => byId('photo-input').click()),
    choice('File', () => byId('file-input').click()),
    choice('Voice message', () => send({ voice: true })),
    choice('Sticker', () => send({ sticker: true })),
    choice('Location', async () => {
      const asked = await form('Location', [
        { name: 'latitude', label: 'Latitude', value: '41.4036', required: true },
        { name: 'longitude', label: 'Longitude', value: '2.1744', required: true },
      ], 'Send');
      if (asked) await send({ location: { latitude: Number(asked.latitude), longitude: Number(asked.longitude) } });
    }),
    choice('Contact', async () => {
      const contact = await form('Contact', [
        { name: 'first_name', label: 'Name', required: true },
        { name: 'phone_number', label: 'Phone', value: '+34600000000', required: true },
      ], 'Send');
      if (contact) await send({ contact });
    }),
    choice('Poll', async () => {
      const poll = await form('Poll', [
        { name: 'question', label: 'Question', required: true },
        { name: 'options', label: 'Options, with commas between', value: 'Yes, No', required: true },
      ], 'Send');
      if (poll) await send({ poll: { question: poll.question, options: poll.options.split(',').map((one) => one.trim()) } });
    }),
    choice('Dice', () => send({ dice: { emoji: '🎲', value: 1 + Math.floor(Math.random() * 6) } })),
  ];
}
