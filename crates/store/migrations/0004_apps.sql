-- Apps: who answers and watches on which inbox, and endpoints that belong to them.
CREATE TABLE apps (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    contract TEXT NOT NULL CHECK (contract IN ('tertulia', 'chatwoot')),
    scopes {json} NOT NULL,
    -- Kept as it is: the contract of agent bots shows it again and again.
    token TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    enabled BOOLEAN NOT NULL,
    hands_over_on_failure BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX apps_by_account ON apps (account_id, id);

CREATE TABLE app_inboxes (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    inbox_id BIGINT NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    app_id BIGINT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('answers', 'watches')),
    PRIMARY KEY (inbox_id, app_id)
);
CREATE UNIQUE INDEX app_inboxes_answering ON app_inboxes (inbox_id) WHERE role = 'answers';
CREATE INDEX app_inboxes_by_app ON app_inboxes (app_id);

-- In whose words an endpoint is told, whose it is, and of which inbox alone it hears.
ALTER TABLE webhooks ADD COLUMN contract TEXT NOT NULL DEFAULT 'tertulia'
    CHECK (contract IN ('tertulia', 'chatwoot'));
ALTER TABLE webhooks ADD COLUMN app_id BIGINT;
ALTER TABLE webhooks ADD COLUMN inbox_id BIGINT;
ALTER TABLE webhooks ADD COLUMN ack_secs BIGINT NOT NULL DEFAULT 15;
CREATE UNIQUE INDEX webhooks_by_app ON webhooks (app_id) WHERE app_id IS NOT NULL;

-- One event can make several deliveries in a foreign contract; each has its name.
ALTER TABLE deliveries ADD COLUMN name TEXT NOT NULL DEFAULT '';
DROP INDEX deliveries_by_event;
CREATE UNIQUE INDEX deliveries_by_event ON deliveries (event_id, webhook_id, name);

-- What an endpoint still has to be told of a conversation.
CREATE INDEX deliveries_pending ON deliveries (webhook_id, conversation_id) WHERE status = 'pending';

-- Since when an app that holds control has asked for people.
ALTER TABLE conversations ADD COLUMN offered_at BIGINT;
CREATE INDEX conversations_by_app ON conversations (account_id, holder_id, id) WHERE holder = 'app';
