import type { Catalogue } from "../catalogue.ts";
import { apps } from "./apps.ts";
import { channels } from "./channels.ts";
import { frame } from "./frame.ts";
import { contacts } from "./contacts.ts";
import { inbox } from "./inbox.ts";
import { session } from "./session.ts";
import { settings } from "./settings.ts";
import { thread } from "./thread.ts";

export const ru: Catalogue = { ...frame, ...session, ...inbox, ...thread, ...contacts, ...settings, ...channels, ...apps };
