/**
 * The conversation without its looks: connects visitor, stream, outbox and history, and holds the state that the
 * components show.
 */

import {
  applyAnswer,
  applyPage,
  markRead,
  openSocket,
  Outbox,
  replaceWithPage,
  type SendOutcome,
  Stream,
  type OutboxItem,
  unreadCount,
  type WidgetEvent,
  type WidgetMessage,
} from "@tertulia/core";
import type { Identity, PageInfo } from "../../protocol.ts";
import { Api, ApiError, Unreachable } from "./api.ts";
import { isProof, profileOf } from "./identity.ts";
import { isSignedOut, outcomeOf, refusalOf } from "./outcome.ts";
import { Retry } from "./retry.ts";
import { Session } from "./session.ts";
import type { Credential, Draft, ProfileChange } from "./shapes.ts";
import { applyConversation, applyEvent, type ChatState, INITIAL_STATE, lastReceivedSeq, NO_VISITOR } from "./state.ts";
import type { FrameStorage } from "./storage.ts";
import { Store } from "./store.ts";
import { OwnTyping, TheirTyping } from "./typing.ts";

/** One visitor, one lane. */
const LANE = "visitor";

/** What the website is told. */
export interface ChatListener {
  onUnread(count: number): void;
  onMessage(message: WidgetMessage): void;
  onHistory(exists: boolean): void;
}

export class Chat {
  readonly api: Api;
  readonly store = new Store<ChatState>(INITIAL_STATE);
  readonly #session: Session;
  readonly #outbox: Outbox<Draft>;
  readonly #stream: Stream<WidgetEvent>;
  readonly #listener: ChatListener;
  readonly #storage: FrameStorage;
  readonly #ownTyping = new OwnTyping((on) => this.#hint(() => this.api.typing(on)));
  readonly #theirTyping = new TheirTyping((typing) => this.store.set({ typing }));
  readonly #retry = new Retry();
  #connecting: Promise<void> | null = null;
  #isStarted = false;

  constructor(origin: string, key: string, storage: FrameStorage, listener: ChatListener) {
    this.api = new Api(origin, key);
    this.#listener = listener;
    this.#storage = storage;
    this.#session = new Session(this.api, storage.store, (credential) => this.#onCredential(credential));
    this.#outbox = new Outbox({ store: storage.store, prefix: "outbox", send: (item) => this.#deliver(item) });
    this.#outbox.subscribe(() => this.store.set({ pending: this.#outbox.items }));
    this.#stream = new Stream<WidgetEvent>({
      connect: () => openSocket(this.api.streamUrl()),
      subscribe: (cursor) => ({ type: "subscribe", token: this.api.token, cursor }),
      onEvent: (event) => this.#onEvent(event),
      onFrame: (frame) => {
        if (frame.type === "typing") this.#theirTyping.hear(frame.who.name, frame.on);
      },
      onResync: () => void this.#reload(),
      onState: (stream, end) => {
        this.store.set({ stream });
        if (stream === "live") this.#outbox.resume();
        if (end === "signed_out") void (this.#session.adopt() ? this.#connect() : this.#session.forget());
      },
    });
    this.store.set({ isKept: storage.isKept, isOnline: navigator.onLine, pending: this.#outbox.items });
    this.store.set({ preChatDone: storage.store.get("pre_chat") !== null });
    this.#watchPage();
  }

  /** Fetches the configuration, and the history when there is one. Repeats until the server answers. */
  async start(locale: string, page: PageInfo): Promise<void> {
    this.#session.locale = locale;
    this.#session.page = page;
    this.#isStarted = true;
    try {
      const config = await this.api.config();
      this.store.set({ config, phase: "ready" });
    } catch (error) {
      if (error instanceof ApiError && !error.isTemporary) return this.store.set({ phase: "unavailable" });
      return this.#retry.later(() => this.start(locale, page));
    }
    if (this.#session.exists) await this.#connect();
    else if (this.#outbox.items.length > 0) this.#outbox.resume();
  }

  show(isOpen: boolean): void {
    this.store.set({ isOpen });
    // Who has never written leaves no trace.
    if (isOpen && this.#session.exists) this.#hint(() => this.api.opened());
  }

  send(draft: Draft): void {
    this.#ownTyping.stop();
    this.#outbox.add(LANE, draft);
  }

  /** A tapped button or a filled form. */
  answer(messageId: number, text: string, values: Record<string, string>): void {
    const content = { type: "reply", text, message_id: messageId, values } as const;
    this.send({ content, attachments: [], reply_to: null });
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  async edit(messageId: number, text: string): Promise<void> {
    await this.#change(() => this.api.edit(messageId, text));
  }

  async remove(messageId: number): Promise<void> {
    await this.#change(() => this.api.remove(messageId));
  }

  async react(messageId: number, emoji: string | null): Promise<void> {
    await this.#change(() => this.api.react(messageId, emoji));
  }

  keystroke(): void {
    this.#ownTyping.keystroke();
  }

  /** Everything shown has been seen. */
  markRead(): void {
    const seq = lastReceivedSeq(this.store.state);
    if (seq <= this.store.state.unread.read) return;
    this.store.set({ unread: markRead(this.store.state.unread, seq) });
    this.#tellUnread();
    this.#hint(() => this.api.read(seq));
  }

  async loadOlder(): Promise<void> {
    const { timeline } = this.store.state;
    const request = { before: timeline.messages[0]?.seq, tick: timeline.tick };
    const page = await this.api.messages(request.before);
    this.store.set({ timeline: applyPage(this.store.state.timeline, request, page), hasOlder: page.has_more });
  }

  async submitPreChat(change: ProfileChange): Promise<void> {
    await this.#session.changeProfile(change);
    this.#storage.store.set("pre_chat", "1");
    this.store.set({ preChatDone: true });
  }

  /** A visitor is needed before a file can be uploaded. */
  ensureVisitor(): Promise<void> {
    return this.#session.ensure();
  }

  async identify(identity: Identity): Promise<void> {
    try {
      if (isProof(identity)) await this.#session.identify(identity);
      else await this.#session.tell(profileOf(identity));
    } catch (error) {
      if (error instanceof Unreachable) return this.#retry.later(() => this.identify(identity));
      console.error("Tertulia: the identity was refused", error);
    }
  }

  async setAttributes(attributes: Record<string, unknown>): Promise<void> {
    await this.#session.tell({ attributes }).catch((error: unknown) => console.error("Tertulia:", error));
  }

  setLocale(locale: string): void {
    this.#session.locale = locale;
  }

  visit(page: PageInfo): void {
    const changed = page.url !== this.#session.page?.url;
    this.#session.page = page;
    if (changed) this.#hint(() => this.api.page(page));
  }

  reset(): void {
    this.#storage.store.remove("pre_chat");
    for (const { client_id } of this.#outbox.items) this.#outbox.discard(client_id);
    this.#session.forget();
  }

  /** The visitor's history and then the stream from where it was read, so that nothing falls between the two. */
  #connect(): Promise<void> {
    this.#connecting ??= this.#loadHistory()
      .then((cursor) => this.#stream.start(cursor))
      .catch((error: unknown) => this.#connectFailed(error))
      .finally(() => {
        this.#connecting = null;
      });
    return this.#connecting;
  }

  async #loadHistory(): Promise<string> {
    const me = await this.api.me();
    const request = { tick: this.store.state.timeline.tick };
    const page = await this.api.messages();
    const timeline = replaceWithPage(this.store.state.timeline, request, page);
    const { visitor, conversation } = me;
    const preChatDone = this.store.state.preChatDone || page.items.length > 0;
    this.store.set({ visitor, timeline, hasOlder: page.has_more, preChatDone });
    this.store.set(applyConversation(this.store.state, conversation));
    this.#tellUnread();
    this.#retry.succeeded();
    return me.cursor;
  }

  #connectFailed(error: unknown): void {
    if (isSignedOut(error)) return this.#session.forget();
    if (refusalOf(error) === "sign_in") return;
    if (error instanceof ApiError && !error.isTemporary) return this.store.set({ phase: "unavailable" });
    this.#retry.later(() => this.#connect());
  }

  async #reload(): Promise<void> {
    await this.#loadHistory().catch((error: unknown) => this.#connectFailed(error));
  }

  #onCredential(credential: Credential | null): void {
    this.#stream.stop();
    this.store.set({ ...NO_VISITOR, preChatDone: this.#storage.store.get("pre_chat") !== null });
    this.#listener.onHistory(credential !== null);
    this.#tellUnread();
    this.store.set({ visitor: credential?.visitor ?? null });
    if (credential !== null && this.#isStarted) void this.#connect();
  }

  #onEvent(event: WidgetEvent): void {
    const known = this.store.state.timeline.messages;
    this.store.set(applyEvent(this.store.state, event));
    if (event.type === "message.created") {
      const { message } = event.data;
      if (message.client_id !== null) this.#outbox.acknowledge(message.client_id);
      if (message.direction === "out" && !known.some(({ id }) => id === message.id)) this.#listener.onMessage(message);
    }
    this.#tellUnread();
  }

  async #deliver(item: OutboxItem<Draft>): Promise<SendOutcome> {
    try {
      await this.#session.ensure();
      const { tick } = this.store.state.timeline;
      const message = await this.api.send(item.client_id, item.payload);
      this.store.set({ timeline: applyAnswer(this.store.state.timeline, message, tick) });
      return { kind: "sent" };
    } catch (error) {
      if (isSignedOut(error) && this.#session.exists) {
        this.#session.forget();
        return { kind: "retry", after_ms: 0 };
      }
      const refusal = refusalOf(error);
      if (refusal !== null) this.store.set({ refusal });
      return outcomeOf(error, this.#session.exists && this.store.state.stream !== "live");
    }
  }

  async #change(request: () => Promise<WidgetMessage>): Promise<void> {
    const { tick } = this.store.state.timeline;
    const message = await request();
    this.store.set({ timeline: applyAnswer(this.store.state.timeline, message, tick) });
  }

  /** Something that is worth nothing later and needs a visitor: its failure is nobody's concern. */
  #hint(request: () => Promise<unknown>): void {
    if (this.#session.exists) void request().catch(() => undefined);
  }

  #tellUnread(): void {
    this.#listener.onUnread(unreadCount(this.store.state.unread));
  }

  #watchPage(): void {
    window.addEventListener("online", () => {
      this.store.set({ isOnline: true });
      this.#outbox.resume();
    });
    window.addEventListener("offline", () => this.store.set({ isOnline: false }));
    this.#storage.onTokenOfOtherTab(() => {
      if (!this.#session.adopt()) return;
      this.store.set(NO_VISITOR);
      if (this.#session.exists) void this.#connect();
      else this.#stream.stop();
    });
  }
}
