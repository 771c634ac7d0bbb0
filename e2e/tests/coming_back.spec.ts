// Nothing is missed: closed pages, lost networks, a server that falls over.
import { expect, test } from "../src/fixtures.ts";
import { Widget } from "../src/widget.ts";

test("history is there when the visitor returns", async ({ widget, visitor, site, desk }) => {
  await widget.open();
  await widget.say("Do you deliver to the islands?");
  await desk.openConversationAbout("Do you deliver to the islands?");
  await visitor.close();
  await desk.reply("We do, within a week.");

  const again = await visitor.context().newPage();
  await again.goto(site.origin);
  const returned = new Widget(again);
  await expect(returned.launcher).toHaveAccessibleName(/\(1\)/);
  await returned.open();
  await returned.expectMessage("Do you deliver to the islands?");
  await returned.expectMessage("We do, within a week.");
});

test("what is written without a network is sent when it is back", async ({ widget, visitor, desk }) => {
  await widget.open();
  await widget.say("Hello");
  await desk.openConversationAbout("Hello");

  await visitor.context().setOffline(true);
  await widget.say("Written in a tunnel");
  await widget.expectMessage("Written in a tunnel");
  await desk.reply("Are you still there?");

  await visitor.context().setOffline(false);
  await widget.expectMessage("Are you still there?");
  await desk.expectMessage("Written in a tunnel");
  await expect(desk.message("Written in a tunnel")).toHaveCount(1);
});

test("an agent without a network catches up", async ({ widget, desk }) => {
  await widget.open();
  await widget.say("First");
  await desk.openConversationAbout("First");
  await desk.page.context().setOffline(true);
  await widget.say("Second");
  await widget.say("Third");
  await desk.page.context().setOffline(false);
  await desk.expectMessage("Third");
  await expect(desk.message("Second")).toHaveCount(1);
});

test("a killed server comes back with everything that was acknowledged", async ({ server, widget, desk }) => {
  await widget.open();
  await widget.say("Before the power cut");
  await desk.openConversationAbout("Before the power cut");
  await server.binary.kill();
  await widget.say("During the power cut");
  await server.binary.restart();
  await desk.expectMessage("During the power cut");
  await expect(desk.message("Before the power cut")).toHaveCount(1);
  await expect(desk.message("During the power cut")).toHaveCount(1);
  await desk.reply("We are back.");
  await widget.expectMessage("We are back.");
});
