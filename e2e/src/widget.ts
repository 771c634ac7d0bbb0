// The widget as a visitor meets it on somebody's page.
import { expect, type Frame, type FrameLocator, type Locator, type Page } from "@playwright/test";

const FRAME = 'iframe[src*="/widget/frame"]';

export class Widget {
  readonly frame: FrameLocator;
  readonly launcher: Locator;
  readonly log: Locator;
  readonly composer: Locator;

  constructor(readonly page: Page) {
    this.frame = page.frameLocator(FRAME);
    this.launcher = page.locator("button[aria-expanded]");
    this.log = this.frame.getByRole("log");
    this.composer = this.frame.getByRole("textbox").last();
  }

  async open(): Promise<void> {
    if ((await this.launcher.getAttribute("aria-expanded")) !== "true") {
      await this.launcher.click();
    }
    await expect(this.composer).toBeVisible();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async attach(name: string, content: Buffer, mimeType: string): Promise<void> {
    await this.frame.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer: content });
  }

  async expectMessage(text: string): Promise<void> {
    await expect(this.log.getByText(text, { exact: true })).toBeVisible();
  }

  /** The document inside the frame, for scripts that have to run there. */
  async document(): Promise<Frame> {
    const handle = await this.page.locator(FRAME).elementHandle();
    const frame = await handle?.contentFrame();
    if (frame === null || frame === undefined) {
      throw new Error("the widget's frame has no document");
    }
    return frame;
  }
}
