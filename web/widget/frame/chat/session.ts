/**
 * Who the visitor is: a random token, kept in the frame's own storage.
 * It is asked for only when it is needed (the first message, file or proof of identity), so that people who never
 * write leave no trace on the server.
 */

import type { KeyValueStore } from "@tertulia/core";
import type { IdentityProof, PageInfo } from "../../protocol.ts";
import { type Api, ApiError } from "./api.ts";
import type { Credential, ProfileChange } from "./shapes.ts";

export class Session {
  readonly #api: Api;
  readonly #store: KeyValueStore;
  readonly #onChange: (credential: Credential | null) => void;
  #creating: Promise<void> | null = null;
  /** What the website told and the server has not heard yet. */
  #told: ProfileChange = {};
  /** The identity that the token stands for, so that repeating it costs nothing. */
  #proven: string | null = null;
  locale = "en";
  page: PageInfo | null = null;

  constructor(api: Api, store: KeyValueStore, onChange: (credential: Credential | null) => void) {
    this.#api = api;
    this.#store = store;
    this.#onChange = onChange;
    this.adopt();
  }

  get exists(): boolean {
    return this.#api.token !== null;
  }

  /** Takes the token that another tab may have stored; answers whether it is another one than before. */
  adopt(): boolean {
    const stored = this.#store.get("token");
    const changed = stored !== this.#api.token;
    this.#api.token = stored;
    return changed;
  }

  /** Makes sure that there is a visitor; callers at the same time share one request. */
  ensure(): Promise<void> {
    if (this.exists) return Promise.resolve();
    this.#creating ??= this.#create(null).finally(() => {
      this.#creating = null;
    });
    return this.#creating;
  }

  /** The website vouches for its user. */
  async identify(identity: IdentityProof): Promise<void> {
    await this.#creating;
    const proof = JSON.stringify(identity);
    if (this.#proven === proof && this.exists) return;
    if (!(this.exists && (await this.#prove(identity)))) await this.#create(identity);
    this.#proven = proof;
  }

  /** A token that is refused, or that an inbox which enforces identity no longer takes, is replaced by a new one. */
  async #prove(identity: IdentityProof): Promise<boolean> {
    try {
      this.#keep(await this.#api.identify(identity));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return false;
      throw error;
    }
  }

  /** What the website says of its user without a proof; before there is a visitor it waits for one. */
  async tell(change: ProfileChange): Promise<void> {
    this.#told = merge(this.#told, change);
    if (this.exists) await this.#flush({});
  }

  async changeProfile(change: ProfileChange): Promise<void> {
    await this.ensure();
    await this.#flush(change);
  }

  /** Signed out of the website, or the token is no longer good. */
  forget(): void {
    this.#api.token = null;
    this.#proven = null;
    this.#told = {};
    this.#store.remove("token");
    this.#onChange(null);
  }

  async #create(identity: IdentityProof | null): Promise<void> {
    this.#keep(await this.#api.createVisitor(this.locale, this.page, identity));
    if (Object.keys(this.#told).length > 0) await this.#flush({});
  }

  async #flush(change: ProfileChange): Promise<void> {
    await this.#api.changeMe(merge(this.#told, change));
    this.#told = {};
  }

  #keep(credential: Credential): void {
    this.#api.token = credential.token;
    try {
      this.#store.set("token", credential.token);
    } catch {
      // A full storage: the visitor lives as long as this page.
    }
    this.#onChange(credential);
  }
}

function merge(before: ProfileChange, change: ProfileChange): ProfileChange {
  const attributes = { ...before.attributes, ...change.attributes };
  return { ...before, ...change, ...(Object.keys(attributes).length > 0 && { attributes }) };
}
