// Requests to the control side. Numbers of chats stay text here: JavaScript would round the largest.

/** @param {string} path @param {string} [method] @param {unknown} [body] */
export async function ask(path, method = 'GET', body = undefined) {
  const init = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(`/sim/${path}`, init);
  const text = await response.text();
  const answer = text === '' ? {} : parse(text);
  if (!response.ok) throw new Error(answer.error ?? text);
  return answer;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { error: text };
  }
}

/** What a person does in a chat. */
export const act = (chat, what, body = {}) => ask(`chats/${chat}/${what}`, 'POST', body);

/** Calls `changed` now and after each change of the books, also after the double was away. */
export function listen(changed, online) {
  const events = new EventSource('/sim/events');
  events.addEventListener('message', changed);
  events.addEventListener('open', () => {
    online(true);
    changed();
  });
  events.addEventListener('error', () => online(false));
}

/** A file's content as base64. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
