-- Telegram: an inbox that holds a provider's token, messages of several parts, and paces.

-- SQLite cannot change a CHECK; a column takes its own along when it goes.
ALTER TABLE inboxes ADD COLUMN kind TEXT NOT NULL DEFAULT 'api'
    CHECK (kind IN ('widget', 'api', 'telegram'));
UPDATE inboxes SET kind = channel;
ALTER TABLE inboxes DROP COLUMN channel;
ALTER TABLE inboxes RENAME COLUMN kind TO channel;

-- What the provider gave us to speak with it: the only place where a bot's token is.
ALTER TABLE inboxes ADD COLUMN provider_token TEXT;
-- NULL: there is nothing to check.
ALTER TABLE inboxes ADD COLUMN health_state TEXT
    CHECK (health_state IN ('connecting', 'ok', 'degraded', 'refused'));
ALTER TABLE inboxes ADD COLUMN health_detail TEXT;
ALTER TABLE inboxes ADD COLUMN health_at BIGINT;

-- Since when nothing reaches the customer on this address.
ALTER TABLE identities ADD COLUMN unreachable_at BIGINT;

-- The unguessable part of the picture's address.
ALTER TABLE contacts ADD COLUMN avatar_token TEXT;

-- Formatting of the text, as marks over ranges.
ALTER TABLE messages ADD COLUMN spans {json};

-- What the provider calls the parts of a message: several when one of ours went out in several calls,
-- or when an album of theirs became one of ours.
CREATE TABLE message_parts (
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    -- Which of our calls it went out by; 0 for what came in.
    call BIGINT NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (inbox_id, external_id)
);
CREATE INDEX message_parts_by_message ON message_parts (account_id, message_id);

-- The newest word of a provider on something that it may tell about out of order.
CREATE TABLE latest (
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    rank BIGINT NOT NULL,
    PRIMARY KEY (inbox_id, subject)
);

-- When a provider may be called again: for one chat, for one bot, or for one message that has its turn.
CREATE TABLE paces (
    account_id BIGINT NOT NULL,
    inbox_id BIGINT NOT NULL,
    scope TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (inbox_id, scope)
);
CREATE INDEX paces_by_age ON paces (at);

-- Which node asks a provider for news, and until when nobody else does.
CREATE TABLE pollers (
    account_id BIGINT NOT NULL,
    inbox_id BIGINT PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);
