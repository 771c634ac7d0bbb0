// The console as an agent uses it.
import { expect, type Locator, type Page } from "@playwright/test";

export class Desk {
  readonly thread: Locator;

  constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    this.thread = page.getByRole("log");
  }

  async openConversation(id: number): Promise<void> {
    await this.page.goto(`${this.origin}/conversations/${id}`);
    await expect(this.thread.getByRole("article").first()).toBeVisible();
  }

  /** Opens the newest conversation of everybody's list that has this text in its preview. */
  async openConversationAbout(text: string): Promise<void> {
    await this.page.goto(`${this.origin}/conversations?view=all`);
    await this.page.getByRole("list", { name: "Conversations" }).getByRole("link").filter({ hasText: text }).first().click();
    await this.expectMessage(text);
  }

  /** Searches, and answers the results that have the text. */
  async search(words: string): Promise<Locator> {
    await this.page.goto(`${this.origin}/conversations?view=all`);
    await this.page.getByRole("searchbox").fill(words);
    return this.page.getByLabel("Search results").getByRole("link").filter({ hasText: words });
  }

  async reply(text: string): Promise<void> {
    await this.composer().fill(text);
    await this.page.getByRole("button", { name: "Send reply" }).click();
  }

  async note(text: string): Promise<void> {
    const kind = this.page.getByRole("group", { name: "Reply or note" });
    await kind.getByRole("button", { name: "Note" }).click();
    await this.page.getByRole("textbox", { name: "Note for colleagues" }).fill(text);
    await this.page.getByRole("button", { name: "Add note" }).click();
    await kind.getByRole("button", { name: "Reply" }).click();
  }

  async attach(name: string, content: Buffer, mimeType: string): Promise<void> {
    await this.page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer: content });
  }

  message(text: string): Locator {
    return this.thread.getByRole("article").filter({ hasText: text });
  }

  async expectMessage(text: string): Promise<void> {
    await expect(this.message(text).first()).toBeVisible();
  }

  /** The mark beside an own message: "Sent", "Delivered", "Read". */
  async expectDelivery(text: string, state: string): Promise<void> {
    await expect(this.message(text).getByRole("img", { name: state, exact: true })).toBeAttached();
  }

  composer(): Locator {
    return this.page.getByRole("textbox", { name: "Reply to the customer" });
  }
}
