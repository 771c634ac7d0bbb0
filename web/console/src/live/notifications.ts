/** Desktop notifications and the sound for new customer messages; both are off until somebody asks for them. */
import type { Message } from "@tertulia/core";
import type { LiveClient } from "./client.ts";

const NOTIFY_KEY = "tertulia:notify";
const SOUND_KEY = "tertulia:sound";

export interface NotificationChoice {
  desktop: boolean;
  sound: boolean;
}

export function notificationChoice(): NotificationChoice {
  return { desktop: localStorage.getItem(NOTIFY_KEY) === "1", sound: localStorage.getItem(SOUND_KEY) === "1" };
}

/** Saves the choice; asks the browser for permission first. Answers what was really chosen. */
export async function chooseNotifications(choice: NotificationChoice): Promise<NotificationChoice> {
  const desktop = choice.desktop && (await Notification.requestPermission()) === "granted";
  localStorage.setItem(NOTIFY_KEY, desktop ? "1" : "0");
  localStorage.setItem(SOUND_KEY, choice.sound ? "1" : "0");
  return { desktop, sound: choice.sound };
}

export function onNewMessage(client: LiveClient, message: Message): void {
  if (message.direction !== "in" || message.visibility !== "public" || document.hasFocus()) return;
  const assignee = client.store.state.conversations.get(message.conversation_id)?.assignee;
  if (assignee && assignee.id !== client.userId) return;
  const choice = notificationChoice();
  if (choice.sound) playTone();
  if (choice.desktop && Notification.permission === "granted") show(message);
}

function show(message: Message): void {
  const notification = new Notification(message.sender.name, { body: message.text, tag: `conversation-${message.conversation_id}` });
  notification.onclick = () => {
    window.focus();
    window.location.assign(`/conversations/${message.conversation_id}`);
  };
}

/** Two soft notes; made here, so that there is no file to load. */
function playTone(): void {
  const audio = new AudioContext();
  for (const [start, hertz] of [[0, 660], [0.12, 880]] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.0001, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.12, audio.currentTime + start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + start + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.4);
  }
}
