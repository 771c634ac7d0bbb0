/** Desktop notifications and the sound for what waits for an answer; both are off until somebody asks for them. */
import type { Conversation, Message } from "@tertulia/core";
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
  const conversation = client.store.state.conversations.get(message.conversation_id);
  if (document.hasFocus() || !concerns(message, conversation, client.userId)) return;
  const choice = notificationChoice();
  if (choice.sound) playTone();
  // An app that asks for a person has said nothing itself: what was said last is what it is about.
  const [name, text] = message.visibility === "activity" ? [conversation?.contact.name, conversation?.last_message?.text] : [message.sender.name, message.text];
  if (choice.desktop && Notification.permission === "granted") show(message.conversation_id, name ?? message.sender.name, text ?? "");
}

/** Whether somebody waits for me: a customer whom no app answers, or an app that asks for a person. */
export function concerns(message: Message, conversation: Conversation | undefined, userId: number): boolean {
  const assignee = conversation?.assignee;
  if (assignee && assignee.id !== userId) return false;
  if (message.content.type === "activity") {
    const isAsking = message.content.action === "handed_over" || message.content.action === "app_failed";
    return isAsking && !(message.sender.kind === "agent" && message.sender.id === userId);
  }
  return message.direction === "in" && message.visibility === "public" && conversation?.status !== "pending";
}

function show(conversationId: number, name: string, text: string): void {
  const notification = new Notification(name, { body: text, tag: `conversation-${conversationId}` });
  notification.onclick = () => {
    window.focus();
    window.location.assign(`/conversations/${conversationId}`);
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
